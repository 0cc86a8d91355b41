import { domainToASCII } from 'node:url';
import type { TextPolicy } from '../display/display.ts';

type Links = TextPolicy['links'];

/** A host and its port, and nothing else: no user, no escapes, no brackets. */
const PLAIN_HOST = /^([\p{L}\p{N}.-]+)(?::\d{1,5})?$/u;
/** What may stand behind an address in a sentence, and is no part of it. */
const TRAILING = /\p{P}+$/u;

/**
 * Whether an address may stay a link. Only `http`, `https` and `mailto` ever do: the others open apps or run code.
 *
 * @param url as it is written, with its scheme
 */
export function mayLink(url: string, links: Links): boolean {
  const [, scheme, rest = ''] = /^(https?:\/\/|mailto:)(.*)$/is.exec(url) ?? [];
  if (scheme === undefined || links === 'none') return false;
  if (links === 'all') return true;
  if (scheme.toLowerCase() !== 'mailto:') return isHostOf(/^[^/?#]*/.exec(rest)?.[0] ?? '', links);
  const [, host = ''] = /^[^@?,;]+@([^@?,;]+)(?:\?[^,;]*)?$/.exec(rest) ?? [];
  return isHostOf(host, links);
}

/** The same for an address inside a sentence, whose end is not marked. */
export function mayLinkBare(url: string, links: Links): boolean {
  const authority = /^[a-z]+:(?:\/\/)?[^/?#\s<>]*/i.exec(url)?.[0] ?? url;
  const goesOn = /[/?#]/.test(url.charAt(authority.length));
  return mayLink(goesOn ? authority : authority.replace(TRAILING, ''), links);
}

/** Whether a host without a scheme is one of those that may be linked. */
export function mayLinkHost(host: string, links: Links): boolean {
  return links === 'all' || (links !== 'none' && isHostOf(host, links));
}

/** What of an address is the same however it is escaped: Slack and we write other scripts differently. */
export function readableUrl(url: string): string {
  const named = url.replace(/(?<=:\/\/)[^/?#]*(?:xn--|[^\0-\x7f])[^/?#]*/i, '');
  return named.replace(/(?:%[\da-f]{2})+|[^\0-\x7f]+/gi, '');
}

function isHostOf(authority: string, domains: readonly string[]): boolean {
  const [, host = ''] = PLAIN_HOST.exec(authority) ?? [];
  const given = inAscii(host);
  if (given === '') return false;
  return domains.map(inAscii).some((domain) => domain !== '' && `.${given}`.endsWith(`.${domain}`));
}

/** As the network spells it: lower case, punycode, without the root's dot. Empty where it is no host. */
function inAscii(host: string): string {
  return domainToASCII(host.trim().toLowerCase()).replace(/\.$/, '');
}
