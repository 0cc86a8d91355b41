import fc from 'fast-check';
import { describe, it } from 'vitest';
import { expectScene } from '../../test/support/expect-relay-scene.ts';
import { playRelayScene } from '../../test/support/play-relay-scene.ts';
import { PROPERTY_TIMEOUT_MS, propertyRuns } from '../../test/support/property-runs.ts';
import { faults, relayScene, turnScene } from '../../test/support/relay-scene.ts';

/** What people see is what the log says, whatever goes wrong with the relay's calls and whenever it dies. */
describe('a turn whose calls to Slack go wrong', () => {
  it.each([
    ['plan', 20],
    ['timeline', 20],
    ['final', 15],
  ] as const)(
    'shows every text once and in order, one mention, and all cards at their end (surface %s)',
    async (surface, runs) => {
      const scene = relayScene(fc.tuple(turnScene({ surface })), faults);
      await fc.assert(
        fc.asyncProperty(scene, async (given) => expectScene(given, await playRelayScene(given))),
        propertyRuns(runs),
      );
    },
    PROPERTY_TIMEOUT_MS,
  );
});
