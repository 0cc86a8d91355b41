import fc from 'fast-check';
import { expect, test } from 'vitest';
import { whyNotPublic } from './address.ts';

test.each([
  ['10.0.0.0', /private/],
  ['10.255.255.255', /private/],
  ['172.16.0.1', /private/],
  ['172.31.255.255', /private/],
  ['192.168.1.1', /private/],
  ['127.0.0.1', /loopback/],
  ['127.255.255.254', /loopback/],
  ['169.254.169.254', /link-local/],
  ['169.254.170.2', /link-local/],
  ['100.64.0.1', /inner network/],
  ['100.100.100.200', /inner network/],
  ['100.127.255.255', /inner network/],
  ['0.0.0.0', /unspecified/],
  ['0.1.2.3', /unspecified/],
  ['192.0.0.192', /reserved/],
  ['192.0.2.1', /documentation/],
  ['198.51.100.1', /documentation/],
  ['203.0.113.1', /documentation/],
  ['198.19.255.255', /measurements/],
  ['192.88.99.1', /6to4/],
  ['224.0.0.1', /multicast/],
  ['239.255.255.255', /multicast/],
  ['240.0.0.1', /reserved/],
  ['255.255.255.255', /reserved/],
  ['168.63.129.16', /metadata/],
  ['::', /unspecified/],
  ['::1', /loopback/],
  ['0:0:0:0:0:0:0:1', /loopback/],
  ['fe80::1', /link-local/],
  ['febf::1', /link-local/],
  ['fe80::1%eth0', /no internet address/],
  ['2606:4700::1%eth0', /no internet address/],
  ['fc00::1', /private/],
  ['fd00:ec2::254', /private/],
  ['fdff::1', /private/],
  ['fec0::1', /private/],
  ['ff02::1', /multicast/],
  ['::ffff:127.0.0.1', /IPv4 address in the form/],
  ['::ffff:7f00:1', /IPv4 address in the form/],
  ['::ffff:93.184.215.14', /IPv4 address in the form/],
  ['::ffff:0:10.0.0.1', /IPv4 address in the form/],
  ['::10.0.0.1', /IPv4 address in the form/],
  ['64:ff9b::10.0.0.1', /translation/],
  ['64:ff9b::a9fe:a9fe', /translation/],
  ['64:ff9b:1::1', /translation/],
  ['2002:7f00:1::', /tunnel/],
  ['2002:a00:1::1', /tunnel/],
  ['2001:0:7f00:1::1', /tunnel/],
  ['2001:db8::1', /documentation/],
  ['3fff::1', /documentation/],
  ['2001:2::1', /measurements/],
  ['2001:10::1', /reserved/],
  ['100::1', /reserved/],
  ['5f00::1', /reserved/],
  ['4000::1', /reserved/],
  ['1.2.3', /no internet address/],
  ['example.com', /no internet address/],
  ['', /no internet address/],
])('%s is not public', (address, words) => {
  expect(whyNotPublic(address)).toMatch(words);
});

test.each([
  '1.1.1.1',
  '8.8.8.8',
  '9.255.255.255',
  '11.0.0.0',
  '93.184.215.14',
  '100.63.255.255',
  '100.128.0.0',
  '126.255.255.255',
  '128.0.0.0',
  '168.63.129.15',
  '169.253.255.255',
  '169.255.0.0',
  '172.15.255.255',
  '172.32.0.0',
  '192.0.1.0',
  '192.167.255.255',
  '192.169.0.0',
  '198.17.255.255',
  '198.20.0.0',
  '223.255.255.255',
  '2001:200::1',
  '2001:4860:4860::8888',
  '2003::1',
  '2606:4700:4700::1111',
  '2a00:1450:4001:80b::200e',
])('%s is public', (address) => {
  expect(whyNotPublic(address)).toBeUndefined();
});

const octet = fc.integer({ min: 0, max: 255 });
const group = fc.integer({ min: 0, max: 0xffff });
const dotted = (parts: readonly number[]) => parts.join('.');
const colons = (parts: readonly number[]) => parts.map((part) => part.toString(16)).join(':');

/** Every special range once more, as first and last number and apart from the code's own table. */
const specialIpv4: readonly (readonly [string, string])[] = [
  ['0.0.0.0', '0.255.255.255'],
  ['10.0.0.0', '10.255.255.255'],
  ['100.64.0.0', '100.127.255.255'],
  ['127.0.0.0', '127.255.255.255'],
  ['168.63.129.16', '168.63.129.16'],
  ['169.254.0.0', '169.254.255.255'],
  ['172.16.0.0', '172.31.255.255'],
  ['192.0.0.0', '192.0.0.255'],
  ['192.0.2.0', '192.0.2.255'],
  ['192.31.196.0', '192.31.196.255'],
  ['192.52.193.0', '192.52.193.255'],
  ['192.88.99.0', '192.88.99.255'],
  ['192.168.0.0', '192.168.255.255'],
  ['192.175.48.0', '192.175.48.255'],
  ['198.18.0.0', '198.19.255.255'],
  ['198.51.100.0', '198.51.100.255'],
  ['203.0.113.0', '203.0.113.255'],
  ['224.0.0.0', '255.255.255.255'],
];
const asNumber = (address: string) => address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
const asAddress = (number: number) =>
  [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join('.');
const isSpecial = (number: number) =>
  specialIpv4.some(([first, last]) => number >= asNumber(first) && number <= asNumber(last));

test('property: any IPv4 address is public exactly when it lies in no special range', () => {
  const anywhere = fc.integer({ min: 0, max: 2 ** 32 - 1 });
  const atAnEdge = fc
    .tuple(fc.constantFrom(...specialIpv4.flat()), fc.integer({ min: -2, max: 2 }))
    .map(([edge, step]) => Math.min(2 ** 32 - 1, Math.max(0, asNumber(edge) + step)));
  fc.assert(
    fc.property(fc.oneof(anywhere, atAnEdge), (number) => {
      expect(whyNotPublic(asAddress(number)) === undefined).toBe(!isSpecial(number));
    }),
    { numRuns: 2_000 },
  );
});

test('property: an IPv4 address inside an IPv6 address is refused in every form, a public one too', () => {
  fc.assert(
    fc.property(fc.tuple(octet, octet, octet, octet), (parts) => {
      const [a, b, c, d] = parts;
      const high = (a * 256 + b).toString(16);
      const low = (c * 256 + d).toString(16);
      for (const form of [
        `::ffff:${dotted(parts)}`,
        `::ffff:${high}:${low}`,
        `0:0:0:0:0:ffff:${high}:${low}`,
        `::${high}:${low}`,
        `64:ff9b::${dotted(parts)}`,
        `2002:${high}:${low}::1`,
      ])
        expect(whyNotPublic(form), form).toBeDefined();
    }),
    { numRuns: 500 },
  );
});

test('property: outside 2000::/3 nothing is public', () => {
  fc.assert(
    fc.property(
      fc.tuple(group, group, group, group, group, group, group, group).filter(([first]) => first >> 13 !== 1),
      (parts) => {
        expect(whyNotPublic(colons(parts))).toBeDefined();
      },
    ),
    { numRuns: 1_000 },
  );
});

test('property: inside 2000::/3 all is public but the ranges that are named', () => {
  const inside = fc
    .tuple(fc.integer({ min: 0x2000, max: 0x3fff }), group, group, group, group, group, group, group)
    .filter(
      ([first, second]) =>
        !(first === 0x2001 && (second < 0x200 || second === 0xdb8)) &&
        first !== 0x2002 &&
        !(first === 0x2620 && second === 0x4f) &&
        !(first === 0x3fff && second < 0x1000),
    );
  fc.assert(
    fc.property(inside, (parts) => {
      expect(whyNotPublic(colons(parts))).toBeUndefined();
    }),
    { numRuns: 1_000 },
  );
});
