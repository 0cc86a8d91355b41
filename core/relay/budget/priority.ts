/**
 * What goes first where a method's budget is short.
 * - `end`: somebody waits for it to go on: pause cards, a turn's last flush, its answer's last posts.
 * - `begin`: the first sign of life of a turn, or of one that goes on after a pause.
 * - `text`: what comes while a turn is shown already: appends, rolling over, the stand-in's updates.
 * - `extra`: best effort, skipped where there is no room: reactions, session status, the progress line, uploads.
 */
export type Priority = 'end' | 'begin' | 'text' | 'extra';
