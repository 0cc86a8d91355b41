import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { keys } from '../../core/store/keys.ts';
import { fixtureDigest, fixtureNames, readFixture } from './read-fixture.ts';

const RULE =
  'Records outlive deploys. What has landed is never written anew: a fixture is not changed and not removed. A new format, or a new form of an old one, gets a new file in test/formats/fixtures, its digest in digests.json, and a test beside this one that today’s code reads it.';

const digests: Record<string, string> = JSON.parse(
  readFileSync(new URL('digests.json', import.meta.url), 'utf8'),
);

/** A sort key of each kind, as `core/store/keys.ts` makes it, up to where its numbers and names begin. */
const kinds = Object.entries(keys).map(([kind, keyOf]) => {
  const { pk, sk } = (keyOf as (...parts: (string | number)[]) => { pk: string; sk: string })(1, 1, 1, 1);
  // A budget's sort key is the method's name.
  const end = kind === 'budget' ? '' : (sk.split('#')[0] ?? sk);
  return [kind, `${pk.split('#')[0]}#`, end] as const;
});

describe('81 formats', () => {
  it.each(Object.entries(digests))('the fixture %s is as it landed', (name, digest) => {
    expect(fixtureNames(), RULE).toContain(name);
    expect(fixtureDigest(name), RULE).toBe(digest);
  });

  it('every fixture has its digest', () => {
    const added = fixtureNames().filter((name) => !(name in digests));
    expect(Object.fromEntries(added.map((name) => [name, fixtureDigest(name)])), RULE).toEqual({});
  });

  it.each(kinds)('records under %s have a fixture', (_kind, pk, sk) => {
    const items = fixtureNames().flatMap((name) => readFixture(name).items ?? []);
    expect(
      items.some((item) => item.pk.startsWith(pk) && item.sk.startsWith(sk)),
      RULE,
    ).toBe(true);
  });

  it('every record says its version', () => {
    const items = fixtureNames().flatMap((name) => readFixture(name).items ?? []);
    expect(items.filter((item) => item.v !== 1)).toEqual([]);
  });
});
