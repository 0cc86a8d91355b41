/** Put into Slack's syntax it ends it and is not seen; unlike an escape it is right inside code as well. */
export const ZERO_WIDTH = '\u200b';

const ENTITY = /&(?:#(\d{1,7})|#[xX]([\da-fA-F]{1,6})|([a-zA-Z][a-zA-Z\d]{1,31}));/y;
const OPEN_ENTITY = /&(?:#[xX]?[\da-fA-F]{0,7}|[a-zA-Z][a-zA-Z\d]{0,31})?$/;

/** Names that models write, none of which stands for a letter. */
const NAMES = new Set(
  (
    'amp lt gt quot apos nbsp copy reg trade hellip mdash ndash lsquo rsquo ldquo rdquo laquo raquo bull middot ' +
    'times divide deg plusmn minus larr rarr uarr darr harr rArr lArr le ge ne asymp infin sect para euro pound ' +
    'yen cent check cross ensp emsp thinsp'
  ).split(' '),
);
/** These would be parts of Slack's syntax or of an address. */
const SYNTAX = /^[<>@!:/|\\[\]()`#]$/;
/** Decoded they would do what was removed from the text itself. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is not to be shown
const UNSEEN = /[\0-\x1f\x7f-\x9f\u061c\u200b-\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]/;

/** An entity, as it is sent and as it is read. */
export interface Entity {
  length: number;
  sent: string;
  shown: string;
}

/** The entity that stands at a place; one that is not known, or hides something, is shown as it is written. */
export function entityAt(text: string, at: number): Entity | undefined {
  ENTITY.lastIndex = at;
  const [whole, decimal, hex, name] = ENTITY.exec(text) ?? [];
  if (whole === undefined) return undefined;
  const { length } = whole;
  if (name !== undefined) {
    if (!NAMES.has(name)) return { length, sent: `&${ZERO_WIDTH}${whole.slice(1)}`, shown: whole };
    const shut = /^[lg]t$/.test(name);
    return { length, sent: shut ? whole + ZERO_WIDTH : whole, shown: ' ' };
  }
  const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
  const char = code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '\0';
  if (UNSEEN.test(char)) return { length, sent: `&${ZERO_WIDTH}${whole.slice(1)}`, shown: whole };
  return { length, sent: SYNTAX.test(char) ? whole + ZERO_WIDTH : whole, shown: `${char} ` };
}

/** Whether a text ends with what may become an entity. */
export function isOpenEntity(text: string): boolean {
  return OPEN_ENTITY.test(text);
}
