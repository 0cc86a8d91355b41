import type { TextPolicy } from '../display/display.ts';
import { SEAM } from './atom.ts';
import { ZERO_WIDTH } from './entities.ts';
import { mayLinkBare, mayLinkHost } from './link-policy.ts';
import { match } from './match.ts';

type Links = TextPolicy['links'];

const URL_HEAD = /(https?:\/\/|mailto:|www\.)/iy;
const URL_REST = /(?:[\p{L}\p{N}\p{M}]|[!#-)+-;=?@^_{}~]){0,2000}/uy;
/** Inside an address, where another one begins. */
const URL_INSIDE = /(?:([a-z][a-z0-9+.-]{0,15}):)?\/\/|mailto:/gi;
const OPEN_URL_HEAD = /^(?:h|ht|htt|https?|https?:|https?:\/|m|ma|mai|mail|mailto?|w|ww|www)$/i;
const INNER_URL_HEAD = /[^a-z0-9](?=(?:h|ht|htt|https?|m|ma|mai|mail|mailto?|w|ww|www)$)/iu;
const BROADCAST = /@(?:channel|here|everyone|group)(?![\p{L}\p{N}_-])/iuy;
/** Domains that Slack makes links of without a scheme are told by their last part. */
const DOMAIN_END =
  /\.(?:com|org|net|io|dev|app|ai|co|me|info|biz|xyz|gov|edu|int|eu|uk|us|de|fr|ru|cn|jp|in|ch|site|online|link|click|top|shop|cloud|tech)(?![\p{L}\p{N}_-])/iuy;

/** An address in a sentence. */
export interface Address {
  end: number;
  /** Where its scheme ends. */
  headEnd: number;
  /** How its scheme is sent so that it is no link, and read; absent where it may be one. */
  sent?: string;
  shown: string;
}

/** The address that begins at a place: with a scheme that readers of Markdown know, or as `www.` */
export function addressAt(text: string, at: number, links: Links): Address | undefined {
  const head = match(URL_HEAD, text, at);
  if (!head) return undefined;
  const headEnd = at + head.length;
  const end = headEnd + restOfAddress(text, headEnd, links).length;
  const address = { end, headEnd, shown: '' };
  if (/^www/i.test(head)) {
    const host = /^[^/?#]*/.exec(text.slice(at, end))?.[0] ?? '';
    if (mayLinkHost(host.replace(/\p{P}+$/u, ''), links)) return address;
    return { ...address, sent: `${head.slice(0, -1)}${ZERO_WIDTH}.`, shown: head };
  }
  const isHost = /[\p{L}\p{N}]/u.test(text.charAt(headEnd));
  if (isHost && mayLinkBare(text.slice(at, Math.max(end, at + 300)), links)) return address;
  const most = head.slice(0, -1);
  const last = head.slice(-1);
  return { ...address, sent: most + ZERO_WIDTH + last, shown: most + SEAM + last };
}

/** An address up to where another reader might see the next one. */
function restOfAddress(text: string, from: number, links: Links): string {
  const rest = match(URL_REST, text, from) ?? '';
  const host = /^[^/?#&]*/.exec(rest)?.[0] ?? '';
  if (rest[host.length] === '&') return host;
  for (const { index, 1: scheme } of rest.matchAll(URL_INSIDE))
    if (links !== 'all' || !/^https?$/i.test(scheme ?? '')) return rest.slice(0, index);
  return rest;
}

/** Whether a word may become the beginning of an address. */
export function isOpenAddress(word: string): boolean {
  return OPEN_URL_HEAD.test(word);
}

/** Where in a word an address may begin, as in scripts without spaces between words; -1 if nowhere. */
export function innerAddress(word: string): number {
  return INNER_URL_HEAD.exec(word)?.index ?? -1;
}

/**
 * Whether the dot at a place may stay as it is: Slack makes links of names such as `example.com`, too.
 *
 * @param former the character before the text
 */
export function mayStayDomain(
  text: string,
  at: number,
  { former, links }: { former: string; links: Links },
): boolean {
  const end = match(DOMAIN_END, text, at);
  if (!end || !/[\p{L}\p{N}]/u.test(at > 0 ? text.charAt(at - 1) : former)) return true;
  const host = /[\p{L}\p{N}.-]*$/u.exec(text.slice(Math.max(0, at - 253), at))?.[0] ?? '';
  const isWhole = host.length < at || !/[\p{L}\p{N}.-]/u.test(former);
  return isWhole && mayLinkHost(host + end, links);
}

/** Whether an `@` calls everybody, as Slack reads it where names are linked. */
export function isBroadcast(text: string, at: number, before: string): boolean {
  return match(BROADCAST, text, at) !== undefined && !/[\p{L}\p{N}]/u.test(before);
}
