/**
 * How a turn is shown in its thread.
 * - `plan`: one message with the steps in a box above the text.
 * - `timeline`: text and steps in the order in which they came; calls in a row share one card.
 * - `final`: nothing until the end, then the answer alone.
 */
export const surfaces = ['plan', 'timeline', 'final'] as const;
export type Surface = (typeof surfaces)[number];

/** What the line under an answer tells, in this order. */
export const footerParts = ['agent', 'model', 'time', 'cost'] as const;
export type FooterPart = (typeof footerParts)[number];

/** What a model's text may do in Slack beyond being read. */
export interface TextPolicy {
  /** `people`: it may mention people (`<@U…>`). Channels, groups and everybody are never called. */
  readonly mentions: 'none' | 'people';
  /** Links that stay links: all, none, or those to these domains and their subdomains. Others are shown as text. */
  readonly links: 'all' | 'none' | readonly string[];
}

/** Everything that is chosen about how a turn is shown. */
export interface Display extends TextPolicy {
  readonly surface: Surface;
  /** A line that all members of the channel see while the agent works: a stream is live for the requester alone. */
  readonly progressLine: boolean;
  /** Reactions on the request: seen, done, failed. */
  readonly reactions: boolean;
  readonly footer: readonly FooterPart[];
  /** Thumbs under the answer. */
  readonly feedback: boolean;
}

/** What differs from the defaults; chosen once, when somebody writes, and kept with the turn. */
export type DisplayChoice = { readonly [K in keyof Display]?: Display[K] };

export const defaultDisplay: Display = {
  surface: 'plan',
  progressLine: false,
  reactions: false,
  footer: ['agent', 'model', 'time'],
  feedback: true,
  mentions: 'none',
  links: 'all',
};

/** A stored choice, whole. */
export function displayOf(choice: DisplayChoice | undefined): Display {
  return { ...defaultDisplay, ...choice };
}
