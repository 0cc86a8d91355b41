import { expect } from 'vitest';
import { displayOf } from '../../core/display/display.ts';
import { readMarkdown } from '../../core/markdown/read-markdown.ts';
import { lettersOf, lettersOfMarkdown } from '../../core/slack/visible-text.ts';
import { SEED } from '../../local/slack/server.ts';
import { expectedLog } from './expected-log.ts';
import { nameOf, type Outcome } from './play-relay-scene.ts';
import { isLie } from './relay-mishaps.ts';
import type { RelayScene } from './relay-scene.ts';
import { lettersIn, type ShownTurn, shownTurns } from './shown-turn.ts';
import type { PlayedTurn } from './turn-script.ts';

const NOT_WHOLE = 'The answer above is not complete.';
const MENTION = lettersOf(SEED.people.requester);

/** What a scene allows beyond the plain rules. */
interface Excuses {
  /** Slack could not be read when it had to be: what stands there may stand there again, and nothing is lost. */
  twice: boolean;
  /** The thread cannot be reached any more. */
  unreachable: boolean;
  /** Slack refused a stream or its content although nothing was wrong with it. */
  lied: boolean;
  /** Slack or a person ended a stream, or took a message away. */
  broken: boolean;
  /** Anything went wrong. */
  rough: boolean;
}

function excusesOf(scene: RelayScene, { happened, crashes, deeds }: Outcome): Excuses {
  const rough = happened.told.some(({ mishap }) => mishap !== 'doubled') || crashes > 0;
  const unreachable = deeds.includes('archives') || deeds.includes('removes the app');
  return {
    twice: rough && (!scene.readable || unreachable),
    unreachable,
    lied: happened.told.some(({ mishap }) => isLie(mishap)),
    // Where stops have hardly any budget, Slack may end a stream before its stop may go out.
    broken: deeds.length > 0 || scene.lifetime < 300_000 || scene.tiers['chat.stopStream'] !== undefined,
    rough,
  };
}

/** Checks all that must hold when a scene is over. */
export function expectScene(scene: RelayScene, outcome: Outcome): void {
  const excuses = excusesOf(scene, outcome);
  const shown = shownTurns(outcome);
  expect(outcome.wrong).toEqual([]);
  expectCalls(outcome, excuses);
  for (const [played, messages] of shown) {
    expect(played.record?.closedAt, 'the relay is done').toBeDefined();
    expectText(played, messages, excuses);
    expectStreams(messages, excuses);
    expectUnedited(messages, outcome);
    expectSteps(played, messages, excuses);
    expectEnd(played, messages, excuses);
    expectBeside(played, messages, excuses);
    expectAttachments(played, messages, outcome, excuses);
    expectSession(played, outcome, excuses);
  }
}

/** Slack refused nothing but what it was told to refuse. */
function expectCalls({ calls, deeds }: Outcome, { unreachable, broken, twice }: Excuses): void {
  const known = [
    ...(unreachable ? ['is_archived', 'not_in_channel', 'channel_not_found', 'not_authorized'] : []),
    ...(broken || twice ? ['message_not_in_streaming_state', 'message_not_found', 'stopped_by_user'] : []),
    ...(deeds.includes('stops') ? ['stopped_by_user'] : []),
    // A reaction that a dying relay has set or taken away.
    'already_reacted',
    'no_reaction',
    // One that was not completed when its relay died.
    'file_not_found',
  ];
  const refused = calls.filter(
    ({ error, fault }) => error !== null && fault === null && !known.includes(error),
  );
  expect(refused.map(({ method, error, at }) => `${method}: ${error} at ${at}`)).toEqual([]);
}

/** Every text once, in order, and the mention; where nobody may look, nothing is lost. */
function expectText(played: PlayedTurn, { answer }: ShownTurn, { twice }: Excuses): void {
  const expected = expectedLetters(played);
  const letters = answer.map(lettersIn);
  if (!twice) {
    expect(letters.join('')).toBe(expected);
    return;
  }
  let covered = 0;
  for (const part of letters) {
    const at = expected.lastIndexOf(part, covered);
    expect(at, `“${part}” goes on where the text before it ends`).toBeGreaterThanOrEqual(0);
    covered = Math.max(covered, at + part.length);
  }
  expect(expected.slice(covered)).toBe('');
}

function expectedLetters({ log, scene, end, reason }: PlayedTurn): string {
  const { surface, mentions, links } = displayOf(scene.display);
  const { items, answer } = expectedLog(log, surface === 'timeline');
  const texts = items.flatMap((item) => ('text' in item ? [item.text] : []));
  const told = surface === 'final' ? [answer] : texts;
  const said = told.map((text) => readMarkdown({ line: '' }, text, { mentions, links }).sent).join('\n\n');
  const isTold = told.some((text) => text.trim() !== '');
  const charts = scene.attachments.includes('chart');
  if (surface === 'final' && !isTold && end === 'completed' && !charts) return '';
  const sentences = [reason, end !== 'completed' && isTold ? NOT_WHOLE : undefined].filter(Boolean).join(' ');
  return lettersOfMarkdown(said) + lettersOf(sentences) + MENTION;
}

/** No stream is left open, and Slack had to end none by itself. */
function expectStreams({ answer }: ShownTurn, { lied, broken, rough, twice, unreachable }: Excuses): void {
  const states = answer.flatMap(({ streamingState }) => streamingState ?? []);
  // What nobody may find, or reach, cannot be stopped either.
  if (!lied && !twice && !unreachable) expect(states).not.toContain('in_progress');
  if (!lied && !broken && !rough && !twice) expect(states).not.toContain('errored');
}

/** S-17: what was streamed is not edited, neither while it streams nor afterwards: an edit takes its cards. */
function expectUnedited({ answer }: ShownTurn, { calls }: Outcome): void {
  const edited = calls.flatMap(({ method, args }) => (method === 'chat.update' ? [args.ts] : []));
  expect(answer.filter(({ stream, ts }) => stream && edited.includes(ts))).toEqual([]);
}

/** Every card at its end, and each call on one. */
function expectSteps(played: PlayedTurn, { answer }: ShownTurn, { lied, broken }: Excuses): void {
  const { surface } = displayOf(played.scene.display);
  const streams = answer.flatMap(({ stream }) => stream ?? []);
  const whole = streams.length < answer.length || played.record?.view.whole !== undefined;
  if (whole || lied || broken || surface === 'final') return;
  for (const { cards } of streams)
    for (const { status } of Object.values(cards)) expect(status).not.toBe('in_progress');
  const last = new Map(streams.flatMap(({ cards }) => Object.entries(cards)));
  const cards = [...last.values()]
    .filter(({ title }) => !/^Thinking$|^Trying again/.test(title))
    .map(({ title, status }) => ({ title, status }));
  expect(cards).toEqual(
    expectedLog(played.log, surface === 'timeline').items.filter((item) => 'status' in item),
  );
}

/** Footer and thumbs stand once, at the bottom. */
function expectEnd(played: PlayedTurn, { answer }: ShownTurn, { lied, twice, unreachable }: Excuses): void {
  const { surface, footer, feedback } = displayOf(played.scene.display);
  const { items, answer: text } = expectedLog(played.log, false);
  const isTold = surface === 'final' ? text.trim() !== '' : items.some((item) => 'text' in item);
  const thumbs = answer.filter(({ actionIds }) => actionIds.includes('sluice_feedback')).length;
  const footers = answer.filter(({ blocks }) => blocks.some(({ type }) => type === 'context')).length;
  const nothing = answer.length === 0;
  if (twice || lied || unreachable) {
    expect(thumbs).toBeLessThanOrEqual(twice ? 9 : 1);
    expect(footers).toBeLessThanOrEqual(twice ? 9 : 1);
    return;
  }
  expect(thumbs, 'thumbs').toBe(feedback && isTold ? 1 : 0);
  expect(footers, 'footers').toBe(footer.length > 0 && !nothing ? 1 : 0);
}

/** What stands beside the answer: the card of each pause, the line for everyone, what stood in for a stream. */
function expectBeside(played: PlayedTurn, shown: ShownTurn, { twice, unreachable, rough }: Excuses): void {
  const { cards, lines, progress } = shown;
  if (!twice) {
    const names = cards.map(({ blocks }) => String(blocks.find((block) => 'block_id' in block)?.block_id));
    expect(new Set(names).size, 'a card for each pause').toBe(names.length);
    expect(lines.length).toBeLessThanOrEqual(1);
  }
  // A card or a stand-in that was posted twice because nobody may look: the first stays as it was.
  if (unreachable || twice) return;
  for (const { actionIds } of cards) expect(actionIds, 'nothing is left to be pressed').toEqual([]);
  const wanted = { completed: 'Done', failed: 'Failed', stopped: 'Stopped' }[played.end];
  for (const { visibleText } of progress) {
    expect(visibleText).not.toContain('hourglass');
    expect(visibleText).toMatch(new RegExp(`${wanted}, .*below|Goes on below`));
  }
  if (rough || played.record?.view.line?.gone) return;
  for (const { visibleText } of lines) expect(visibleText).toMatch(/^(Done|Failed|Stopped)/);
}

/** Each file and each chart once. */
function expectAttachments(
  { scene, n }: PlayedTurn,
  { answer, charts, files }: ShownTurn,
  outcome: Outcome,
  { twice, unreachable, lied }: Excuses,
): void {
  const named = (kind: 'file' | 'chart') =>
    scene.attachments.flatMap((one, at) => (one === kind ? [nameOf(kind, n, at)] : []));
  if (unreachable) return;
  const names = files.flatMap((message) => (message.files ?? []).map(({ name }) => name));
  expect(twice ? [...new Set(names)] : names, 'files').toEqual(named('file'));
  const drawn = JSON.stringify([...answer, ...charts].map(({ blocks }) => blocks));
  for (const chart of named('chart')) {
    const times = drawn.split(JSON.stringify(chart)).length - 1;
    expect(times, chart).toBeGreaterThanOrEqual(1);
    if (!twice && !lied) expect(times, chart).toBe(1);
  }
  expect(outcome.turns.length).toBeGreaterThan(0);
}

/** The session is active behind the last turn of its thread, and never before. */
function expectSession(played: PlayedTurn, outcome: Outcome, excuses: Excuses): void {
  const { turn, endedAt = 0, successor } = played;
  const { unreachable, lied, broken } = excuses;
  const idle = outcome.calls.filter(
    ({ method, args, ok, at }) =>
      ok &&
      (args.thread_ts === turn.threadTs || method === 'chat.stopStream') &&
      (args.status === 'active' || args.session_status === 'active') &&
      (args.thread_ts === turn.threadTs || isStreamOf(outcome, String(args.ts), turn.threadTs)) &&
      at < endedAt,
  );
  expect(idle, 'never idle while work goes on').toEqual([]);
  const missed = outcome.happened.told.some(({ method }) => /setStatus|Stream$/.test(method));
  if (successor || unreachable || lied || broken || missed || outcome.crashes > 0) return;
  const session = outcome.sessions.find(({ threadTs }) => threadTs === turn.threadTs);
  expect(session?.status).toBe('active');
}

const isStreamOf = ({ messages }: Outcome, ts: string, threadTs: string): boolean =>
  messages.some((message) => message.ts === ts && message.threadTs === threadTs);
