import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SEED } from '../../local/slack/server.ts';
import { breachesIn, markdown, policies } from '../../test/support/markdown-bits.ts';
import { PROPERTY_TIMEOUT_MS, propertyRuns } from '../../test/support/property-runs.ts';
import { asks, beginsText, endsText, gets, says } from '../../test/support/relay-log.ts';
import { createRelayWorld } from '../../test/support/relay-world.ts';

const mention = JSON.stringify({ type: 'user', user_id: SEED.people.requester });

const scene = fc.record({
  parts: fc.array(fc.record({ text: markdown, tool: fc.boolean(), size: fc.integer({ min: 1, max: 60 }) }), {
    minLength: 1,
    maxLength: 4,
  }),
  policy: fc.constantFrom(...policies),
  surface: fc.constantFrom('plan', 'timeline', 'final'),
  rollBytes: fc.constantFrom(300, 1_000, 9_000),
});

describe('hostile text through the whole relay', () => {
  it(
    'T-68 what Slack stores has no link, call or mention that the policy does not allow',
    async () => {
      await fc.assert(
        fc.asyncProperty(scene, async ({ parts, policy, surface, rollBytes }) => {
          const world = await createRelayWorld({ limits: { rollBytes } });
          try {
            const turn = await world.newTurn({}, { ...policy, surface });
            let at = 500;
            const later = (ms: number, act: () => Promise<unknown>): void => {
              at += ms;
              world.after(at, act);
            };
            for (const [n, { text, tool, size }] of parts.entries()) {
              if (tool) {
                later(700, () => turn.write(asks(`c${n}`, { text })));
                later(700, () => turn.write(gets(`c${n}`, text)));
              }
              later(300, () => turn.write(beginsText()));
              for (let from = 0; from < text.length; from += size) {
                const delta = text.slice(from, from + size).toWellFormed();
                later(900, () => turn.write(says(delta)));
              }
              later(300, () => turn.write(endsText()));
            }
            later(900, () => turn.end());
            await world.run();
            for (const { blocks } of await turn.messages()) {
              const own = breachesIn(blocks, policy).filter((found) => JSON.stringify(found) !== mention);
              expect(own, JSON.stringify(blocks)).toEqual([]);
            }
          } finally {
            await world.close();
          }
        }),
        propertyRuns(60),
      );
    },
    PROPERTY_TIMEOUT_MS,
  );
});
