import { BlockList, isIP } from 'node:net';

/** Special-purpose IPv4 ranges (IANA registry, RFC 6890 and its updates), by the words for them. */
const ipv4Ranges: Readonly<Record<string, readonly string[]>> = {
  'a private address': ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'],
  'a loopback address': ['127.0.0.0/8'],
  // 169.254.169.254 and 169.254.170.2, where AWS hands out credentials, lie in it.
  'a link-local address': ['169.254.0.0/16'],
  'an address of a provider’s inner network': ['100.64.0.0/10'],
  'an unspecified address': ['0.0.0.0/8'],
  'a multicast address': ['224.0.0.0/4'],
  // 255.255.255.255, broadcast, lies in it.
  'a reserved address': [
    '240.0.0.0/4',
    '192.0.0.0/24',
    '192.31.196.0/24',
    '192.52.193.0/24',
    '192.175.48.0/24',
  ],
  'an address for documentation or measurements': [
    '192.0.2.0/24',
    '198.51.100.0/24',
    '203.0.113.0/24',
    '198.18.0.0/15',
  ],
  'a 6to4 relay': ['192.88.99.0/24'],
  // Azure hands out what belongs to a machine at this one, though it lies in a public range.
  'a cloud’s metadata address': ['168.63.129.16/32'],
};

/**
 * IPv6: only 2000::/3 is given out for the public internet (RFC 4291, IANA). These lie outside and have a name of
 * their own, or inside and are special.
 */
const ipv6Ranges: Readonly<Record<string, readonly string[]>> = {
  'a loopback address': ['::1/128'],
  'an unspecified address': ['::/128'],
  // fd00:ec2::254, AWS's metadata over IPv6, lies in it.
  'a private address': ['fc00::/7', 'fec0::/10'],
  'a link-local address': ['fe80::/10'],
  'a multicast address': ['ff00::/8'],
  'an IPv4 address in the form of an IPv6 address': ['::/96', '::ffff:0:0/96', '::ffff:0:0:0/96'],
  'an address of a translation between IPv4 and IPv6': ['64:ff9b::/96', '64:ff9b:1::/48'],
  'a tunnel address': ['2002::/16', '2001::/32'],
  'an address for documentation or measurements': ['2001:db8::/32', '3fff::/20', '2001:2::/48'],
  'a reserved address': ['2001::/23', '2620:4f:8000::/48', '5f00::/16', '100::/64'],
};

const special = {
  ipv4: Object.entries(ipv4Ranges).map(([words, ranges]) => ({ words, list: listOf(ranges, 'ipv4') })),
  ipv6: Object.entries(ipv6Ranges).map(([words, ranges]) => ({ words, list: listOf(ranges, 'ipv6') })),
};
const publicIpv6 = listOf(['2000::/3'], 'ipv6');

function listOf(ranges: readonly string[], family: 'ipv4' | 'ipv6'): BlockList {
  const list = new BlockList();
  for (const range of ranges) {
    const [network = '', prefix] = range.split('/');
    list.addSubnet(network, Number(prefix), family);
  }
  return list;
}

/**
 * Says why an address is not one of the public internet.
 *
 * @param address IPv4 or IPv6, without brackets
 * @returns words such as “a private address”; undefined for a public one
 */
export function whyNotPublic(address: string): string | undefined {
  const version = isIP(address);
  // A zone (`fe80::1%eth0`) names an interface of this machine.
  if (version === 0 || address.includes('%')) return 'no internet address';
  const family = version === 4 ? 'ipv4' : 'ipv6';
  const found = special[family].find(({ list }) => list.check(address, family));
  if (found) return found.words;
  return version === 4 || publicIpv6.check(address, 'ipv6') ? undefined : 'a reserved address';
}
