import fc from 'fast-check';
import { describe, it } from 'vitest';
import { expectScene } from '../../test/support/expect-relay-scene.ts';
import { playRelayScene } from '../../test/support/play-relay-scene.ts';
import { PROPERTY_TIMEOUT_MS, propertyRuns } from '../../test/support/property-runs.ts';
import { anySurface, deedsOf, faults, relayScene, turnScene } from '../../test/support/relay-scene.ts';

const oneTurn = anySurface.chain((surface) => fc.tuple(turnScene({ surface })));

/** Slack or people take away what the relay writes in, and its calls go wrong beside that. */
describe('a turn that loses its stream, its thread or its eyes', () => {
  it.each([
    ['S-6 a person presses stop', { deeds: deedsOf('stops') }],
    ['its message is deleted while it is written', { deeds: deedsOf('deletes') }],
    [
      'the channel is archived, or the app removed from it',
      { deeds: deedsOf('archives', 'removes the app') },
    ],
    ['nobody may read the thread', { readable: fc.constant(false) }],
    ['P-19 Slack ends its streams early', { lifetime: fc.constantFrom(20_000, 60_000) }],
    [
      'any of it together',
      {
        readable: fc.boolean(),
        lifetime: fc.constantFrom(40_000, 300_000),
        // What somebody deletes in a channel that is closed at once has no place to come back to.
        deeds: fc.oneof(deedsOf('stops', 'deletes'), deedsOf('stops', 'archives', 'removes the app')),
      },
    ],
  ])(
    '%s: what people see is what the log says, and the turn comes to its end',
    async (_, loss) => {
      await fc.assert(
        fc.asyncProperty(relayScene(oneTurn, { ...faults, ...loss }), async (given) =>
          expectScene(given, await playRelayScene(given)),
        ),
        propertyRuns(18),
      );
    },
    PROPERTY_TIMEOUT_MS,
  );
});
