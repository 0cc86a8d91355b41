import fc from 'fast-check';
import { expect, it } from 'vitest';
import { asks, gets, part } from '../../test/support/relay-log.ts';
import { Crash, createRelayWorld } from '../../test/support/relay-world.ts';
import { lettersOf } from '../slack/visible-text.ts';

type Mishap = 'none' | 'lost answer' | 'refused' | 'dies before' | 'dies after';

const scene = fc.record({
  /** So little that turns wait for each other's streams, stops and appends. */
  tiers: fc.record({
    'chat.startStream': fc.integer({ min: 1, max: 3 }),
    'chat.stopStream': fc.integer({ min: 1, max: 3 }),
    'chat.appendStream': fc.integer({ min: 2, max: 12 }),
    'chat.update': fc.integer({ min: 2, max: 50 }),
  }),
  rollBytes: fc.constantFrom(300, 9_000),
  turns: fc.array(
    fc.array(fc.record({ wait: fc.constantFrom(50, 2_500, 20_000, 50_000), tool: fc.boolean() }), {
      minLength: 1,
      maxLength: 6,
    }),
    { minLength: 2, maxLength: 4 },
  ),
  mishaps: fc.array(
    fc.oneof(
      { weight: 4, arbitrary: fc.constant<Mishap>('none') },
      {
        weight: 1,
        arbitrary: fc.constantFrom<Mishap>('lost answer', 'refused', 'dies before', 'dies after'),
      },
    ),
    { maxLength: 15 },
  ),
});

type Scene = typeof scene extends fc.Arbitrary<infer T> ? T : never;

async function play({ tiers, rollBytes, turns, mishaps }: Scene): Promise<{ shown: string; said: string }[]> {
  const world = await createRelayWorld({ tiers, limits: { rollBytes } });
  try {
    const left = [...mishaps];
    world.onCall(async (method, send) => {
      if (!method.startsWith('chat.')) return send();
      const mishap = left.shift() ?? 'none';
      if (mishap === 'dies before') throw new Crash();
      if (mishap === 'lost answer') await world.slack.fault({ method, effect: 'drop_answer', times: 1 });
      if (mishap === 'refused')
        await world.slack.fault({ method, effect: 'rate_limited', retryAfter: 3, times: 1 });
      const answer = await send();
      if (mishap === 'dies after') throw new Crash();
      return answer;
    });
    const told = [];
    for (const [n, batches] of turns.entries()) {
      const turn = await world.newTurn();
      let at = 500 + n * 130;
      let said = '';
      for (const [m, { wait, tool }] of batches.entries()) {
        at += wait;
        const text = `turn${n}part${m} ${'and so on '.repeat(9)}`;
        said += text;
        world.after(at, () => turn.write(...part(text), ...(tool ? [asks(`c${m}`), gets(`c${m}`)] : [])));
      }
      world.after(at + 900, () => turn.end());
      told.push({ turn, said: lettersOf(said) });
    }
    await world.run();
    const outcome = [];
    for (const { turn, said } of told) {
      expect((await turn.record()).closedAt).toBeDefined();
      outcome.push({ shown: await turn.letters(), said });
    }
    return outcome;
  } finally {
    await world.close();
  }
}

it('turns that wait for each other’s budget show every text once, whatever goes wrong with a call', async () => {
  await fc.assert(
    fc.asyncProperty(scene, async (given) => {
      for (const { shown, said } of await play(given)) {
        expect(shown.slice(0, said.length)).toBe(said);
        expect(shown.slice(said.length)).not.toContain('part');
      }
    }),
    { numRuns: 30 },
  );
}, 60_000);
