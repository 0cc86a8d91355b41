import type { Inline, Style } from './types.ts';
import { textRun } from './types.ts';

/** The short names that become emoji elements here; Slack knows some thousands, the rest stay text. */
export const EMOJI: Record<string, string> = {
  '+1': '👍',
  thumbsup: '👍',
  '-1': '👎',
  thumbsdown: '👎',
  white_check_mark: '✅',
  heavy_check_mark: '✔️',
  x: '❌',
  warning: '⚠️',
  rotating_light: '🚨',
  no_entry: '⛔',
  no_entry_sign: '🚫',
  octagonal_sign: '🛑',
  eyes: '👀',
  tada: '🎉',
  wave: '👋',
  pray: '🙏',
  rocket: '🚀',
  fire: '🔥',
  bulb: '💡',
  memo: '📝',
  lock: '🔒',
  unlock: '🔓',
  key: '🔑',
  mag: '🔍',
  gear: '⚙️',
  wrench: '🔧',
  hammer: '🔨',
  robot_face: '🤖',
  bug: '🐛',
  hourglass: '⌛',
  hourglass_flowing_sand: '⏳',
  alarm_clock: '⏰',
  clock1: '🕐',
  calendar: '📆',
  date: '📅',
  mega: '📣',
  loudspeaker: '📢',
  bell: '🔔',
  speech_balloon: '💬',
  thought_balloon: '💭',
  question: '❓',
  exclamation: '❗',
  information_source: 'ℹ️',
  arrow_right: '➡️',
  arrow_left: '⬅️',
  arrow_up: '⬆️',
  arrow_down: '⬇️',
  repeat: '🔁',
  arrows_counterclockwise: '🔄',
  black_square_for_stop: '⏹️',
  double_vertical_bar: '⏸️',
  stopwatch: '⏱️',
  sparkles: '✨',
  star: '⭐',
  heart: '❤️',
  smile: '😄',
  slightly_smiling_face: '🙂',
  thinking_face: '🤔',
  cry: '😢',
  raised_hand: '✋',
  point_right: '👉',
  link: '🔗',
  package: '📦',
  chart_with_upwards_trend: '📈',
  bar_chart: '📊',
  moneybag: '💰',
  zap: '⚡',
  boom: '💥',
  shrug: '🤷',
  clap: '👏',
  ok_hand: '👌',
  muscle: '💪',
  hand: '✋',
  bust_in_silhouette: '👤',
};

/** The names by character, variation selectors left out; the first name of a character wins. */
const NAMES = new Map<string, string>();
for (const [name, char] of Object.entries(EMOJI)) {
  const bare = char.replaceAll('\u{FE0F}', '');
  if (!NAMES.has(bare)) NAMES.set(bare, name);
}

/** A name or a character, and the skin tone that may follow: as `:skin-tone-2:` to 6, or as one of five characters. */
const PATTERN = new RegExp(
  `(?::([a-z0-9_+-]+):|(${[...NAMES.keys()].sort((a, b) => b.length - a.length).join('|')})\u{FE0F}?)` +
    '(?::skin-tone-([2-6]):|([\u{1F3FB}-\u{1F3FF}]))?',
  'gu',
);
const FIRST_TONE = 0x1f3fb;

/** Splits text at known `:names:` and at the characters themselves: Slack stores both as emoji elements. */
export function withEmoji(text: string, style: Style): Inline[] {
  const elements: Inline[] = [];
  let from = 0;
  for (const match of text.matchAll(PATTERN)) {
    const name = match[1] ?? NAMES.get(match[2] ?? '') ?? '';
    if (!Object.hasOwn(EMOJI, name)) continue;
    if (match.index > from) elements.push(textRun(text.slice(from, match.index), style));
    const tone = toneOf(match[3], match[4]);
    const unicode = codePoints(
      (EMOJI[name] ?? '') + (tone ? String.fromCodePoint(FIRST_TONE + tone - 2) : ''),
    );
    elements.push({ type: 'emoji', name, unicode, ...(tone ? { skin_tone: tone } : {}) });
    from = match.index + match[0].length;
  }
  if (from < text.length) elements.push(textRun(text.slice(from), style));
  return elements;
}

/** Text with known emoji characters as `:names:`, as Slack gives `text` back. */
export function nameEmoji(text: string): string {
  return text.replaceAll(PATTERN, (whole, _name, char?: string, number?: string, shade?: string) => {
    const tone = toneOf(number, shade);
    return char ? `:${NAMES.get(char)}:${tone ? `:skin-tone-${tone}:` : ''}` : whole;
  });
}

/** A skin tone by its number, 2 to 6, whichever way it was written; undefined for none. */
function toneOf(number: string | undefined, shade: string | undefined): number | undefined {
  if (shade) return (shade.codePointAt(0) ?? FIRST_TONE) - FIRST_TONE + 2;
  return number ? Number(number) : undefined;
}

/** Text with known `:names:` as characters, for whoever draws it. */
export function drawEmoji(text: string): string {
  return text.replaceAll(/:([a-z0-9_+-]+):/g, (whole, name: string) =>
    Object.hasOwn(EMOJI, name) ? (EMOJI[name] ?? whole) : whole,
  );
}

function codePoints(char: string): string {
  return [...char].map((one) => (one.codePointAt(0) ?? 0).toString(16)).join('-');
}
