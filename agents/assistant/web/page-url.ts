import { isIP } from 'node:net';
import type { WebLimits } from './limits.ts';
import { WebRefusal } from './web-refusal.ts';

/** Names that mean something within one network only (RFC 6761, RFC 6762, RFC 8375, ICANN's `internal`). */
const innerSuffixes = [
  'localhost',
  'localdomain',
  'local',
  'internal',
  'intranet',
  'private',
  'corp',
  'home',
  'lan',
  'home.arpa',
  'onion',
  'invalid',
];

/**
 * Reads a page's address as a model or a redirect gives it. Refuses what no stranger's fetch may use before
 * anything is resolved: other schemes, credentials, other ports, names of inner networks.
 *
 * @param base what a relative redirect is relative to
 * @throws WebRefusal
 */
export function parsePageUrl(text: string, limits: WebLimits, base?: URL): URL {
  const written = base ? text.trim() : asWritten(text);
  if (written.length > limits.urlCharacters)
    throw new WebRefusal(`The address is longer than ${limits.urlCharacters} characters.`);
  const url = URL.parse(written, base?.href);
  if (!url) throw new WebRefusal('That is no web address; give it whole, such as https://example.com/page.');
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw new WebRefusal(`Only http and https addresses can be read, not ${url.protocol.slice(0, 20)}`);
  if (url.username || url.password)
    throw new WebRefusal('An address with a user name or password in it is not read; leave them out.');
  if (!limits.ports.includes(portOf(url)))
    throw new WebRefusal(`Only the ports ${limits.ports.join(' and ')} are read, not ${url.port}.`);
  const name = hostnameOf(url);
  if (isIP(name) === 0 && isInnerName(name))
    throw new WebRefusal(`${name} is a name of an inner network; only public pages can be read.`);
  return url;
}

/** The port that is connected to. */
export function portOf(url: URL): number {
  return url.port ? Number(url.port) : url.protocol === 'https:' ? 443 : 80;
}

/** The host without brackets, and without the dot that may end a full name. */
export function hostnameOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
}

/** Slack writes links as `<https://…|label>`; people leave the scheme out. */
function asWritten(text: string): string {
  const plain = /^<([^<>|]*)(?:\|[^<>]*)?>$/.exec(text.trim())?.[1] ?? text.trim();
  return /^(?:[\w-]+\.)+[a-z]{2,}(?:[/?#]|$)/i.test(plain) ? `https://${plain}` : plain;
}

function isInnerName(name: string): boolean {
  // One label alone is completed by this machine's search domains.
  if (!name.includes('.')) return true;
  return innerSuffixes.some((suffix) => name.endsWith(`.${suffix}`));
}
