import fc from 'fast-check';
import { describe, it } from 'vitest';
import { expectScene } from '../../test/support/expect-relay-scene.ts';
import { playRelayScene } from '../../test/support/play-relay-scene.ts';
import { PROPERTY_TIMEOUT_MS, propertyRuns } from '../../test/support/property-runs.ts';
import { mishapsOf } from '../../test/support/relay-mishaps.ts';
import {
  anySurface,
  faults,
  relayScene,
  smallTiers,
  type TurnScene,
  turnScene,
} from '../../test/support/relay-scene.ts';

/** Several turns of a workspace, of which some stand behind another in its thread. */
const turns: fc.Arbitrary<TurnScene[]> = fc.array(
  anySurface.chain((surface) => turnScene({ surface, texts: ['named'], follows: true })),
  { minLength: 2, maxLength: 4 },
);

/** What a stream is refused with although nothing is wrong with it costs others nothing: it is tried elsewhere. */
const mishaps = mishapsOf([
  'lost answer',
  'lost request',
  'down',
  'refused',
  'dies before',
  'dies after',
  'hangs',
  'doubled',
]);

describe('turns of one workspace at once', () => {
  it.each([
    ['one behind the other, whatever goes wrong', faults],
    ['with budgets that are too small for all', { tiers: smallTiers }],
    ['with small budgets, whatever goes wrong', { ...faults, mishaps, tiers: smallTiers }],
  ])(
    '%s: each is shown whole, and Slack has to refuse no call',
    async (_, over) => {
      await fc.assert(
        fc.asyncProperty(relayScene(turns, over), async (given) =>
          expectScene(given, await playRelayScene(given)),
        ),
        propertyRuns(18),
      );
    },
    PROPERTY_TIMEOUT_MS,
  );
});
