import { Check, type LucideIcon, Minus, Octagon, TriangleAlert, X } from 'lucide-react';
import type { JsonObject } from '../../../json.ts';
import { wordOf } from '../read.ts';
import './emoji.css';

/** Signs that mean something are drawn: a decision must be readable where there is no colour font. */
const SIGNS: Record<string, [LucideIcon, string]> = {
  white_check_mark: [Check, 'good'],
  heavy_check_mark: [Check, 'good'],
  x: [X, 'bad'],
  no_entry: [Minus, 'bad'],
  no_entry_sign: [Minus, 'bad'],
  octagonal_sign: [Octagon, 'bad'],
  warning: [TriangleAlert, 'careful'],
};

/** An emoji, with its name for those who do not see it. */
export function Emoji({ given }: { given: JsonObject }) {
  const name = wordOf(given.name);
  const [Sign, kind] = SIGNS[name] ?? [];
  const char = wordOf(given.char) || fromCodePoints(wordOf(given.unicode));
  if (!Sign && char === '') return <span>{`:${name}:`}</span>;
  const look = Sign ? `rich-emoji rich-sign rich-sign-${kind}` : 'rich-emoji';
  return (
    <span className={look} role="img" aria-label={name} title={`:${name}:`}>
      {Sign ? <Sign size="0.8em" strokeWidth={3.5} aria-hidden="true" /> : char}
    </span>
  );
}

/** `1f44d-1f3fd` as the characters it stands for. */
function fromCodePoints(unicode: string): string {
  const points = unicode.split('-').map((hex) => Number.parseInt(hex, 16));
  return unicode !== '' && points.every((point) => point > 0 && point <= 0x10ffff)
    ? String.fromCodePoint(...points)
    : '';
}
