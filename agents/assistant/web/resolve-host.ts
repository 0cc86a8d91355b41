import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { whyNotPublic } from './address.ts';
import { hostnameOf } from './page-url.ts';
import { WebRefusal } from './web-refusal.ts';

/** Gives all addresses of a name. @throws an error with the resolver's code */
export type ResolveHost = (hostname: string) => Promise<readonly string[]>;

/** The system's resolver; IPv4 first, since a function has often no way out over IPv6. */
export const resolveHost: ResolveHost = async (hostname) => {
  const found = await lookup(hostname, { all: true, order: 'ipv4first' });
  return found.map(({ address }) => address);
};

/**
 * The addresses that a page may be read from. They are resolved here, once, and all of them must be public: a name
 * that also has an inner address is made to reach it. Whoever connects must use these very addresses, for the next
 * resolution may give others.
 *
 * @throws WebRefusal; what `resolve` throws
 */
export async function publicAddressesOf(url: URL, resolve: ResolveHost): Promise<readonly string[]> {
  const name = hostnameOf(url);
  const addresses = isIP(name) ? [name] : await resolve(name);
  if (addresses.length === 0) throw new WebRefusal(`${name} has no address.`);
  for (const address of addresses) {
    const why = whyNotPublic(address);
    if (why) throw new WebRefusal(`${name} leads to ${why}; only public pages can be read.`);
  }
  return addresses;
}
