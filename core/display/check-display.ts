import { type Display, type DisplayChoice, footerParts, surfaces } from './display.ts';

/** Every choice is stored with each turn, so the lists in it are short. */
const DOMAINS = 20;

/**
 * For each field of a display: what a value must be, as the end of a sentence that begins with the field's name.
 * Undefined where the value is right.
 */
const checks: { readonly [K in keyof Display]: (value: unknown) => string | undefined } = {
  surface: (value) => oneOf(surfaces, value),
  progressLine: flag,
  reactions: flag,
  footer: footerProblem,
  feedback: flag,
  mentions: (value) => oneOf(['none', 'people'], value),
  links: linksProblem,
};

export const displayFields = Object.keys(checks) as (keyof Display)[];

/** What is wrong with one field's value: `must be …`; undefined where it is right. */
export function displayFieldProblem(field: keyof Display, value: unknown): string | undefined {
  return checks[field](value);
}

/**
 * Takes a choice as somebody wrote it.
 *
 * @param wrong makes an error of a sentence that says what is wrong and what would be right
 * @throws what `wrong` makes
 */
export function takeDisplay(choice: DisplayChoice, wrong: (what: string) => Error): DisplayChoice {
  for (const [field, value] of Object.entries(choice)) {
    if (!isDisplayField(field))
      throw wrong(`\`display.${field}\` is no option. There are ${displayFields.join(', ')}.`);
    const problem = displayFieldProblem(field, value);
    if (problem) throw wrong(`\`display.${field}\` ${problem}.`);
  }
  return choice;
}

function isDisplayField(field: string): field is keyof Display {
  return Object.hasOwn(checks, field);
}

function flag(value: unknown): string | undefined {
  return typeof value === 'boolean' ? undefined : 'must be true or false';
}

function oneOf(words: readonly string[], value: unknown): string | undefined {
  return typeof value === 'string' && words.includes(value) ? undefined : `must be ${orList(words)}`;
}

function footerProblem(value: unknown): string | undefined {
  const right = `must be a list of ${footerParts.join(', ')}, each once, or an empty list for none`;
  if (!Array.isArray(value)) return right;
  const parts: readonly unknown[] = value;
  const known = parts.every((part) => footerParts.some((name) => name === part));
  return known && new Set(parts).size === parts.length ? undefined : right;
}

function linksProblem(value: unknown): string | undefined {
  if (value === 'all' || value === 'none') return undefined;
  if (!Array.isArray(value)) return 'must be all, none or a list of domains such as ["example.com"]';
  const domains: readonly unknown[] = value;
  if (domains.length === 0) return 'is an empty list of domains: write none to have no links';
  if (domains.length > DOMAINS) return `has ${domains.length} domains, at most ${DOMAINS} fit`;
  const bad = domains.find((domain) => typeof domain !== 'string' || !isDomain(domain));
  return bad === undefined
    ? undefined
    : `has ${JSON.stringify(bad)}, which is no domain: write example.com, in lower case, without https:// and without a path`;
}

/** A name of the DNS (RFC 1035, section 2.3.1) with at least one dot; other scripts in their ASCII form. */
function isDomain(text: string): boolean {
  return (
    text.length <= 253 && /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]*[a-z][a-z0-9-]*$/.test(text)
  );
}

function orList(words: readonly string[]): string {
  return `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}
