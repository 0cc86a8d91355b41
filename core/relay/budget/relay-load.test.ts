import { describe, expect, it } from 'vitest';
import { createLoadWorld, planLoad } from '../../../test/support/relay-load.ts';
import { part } from '../../../test/support/relay-log.ts';

/** Milliseconds between two appends of a turn where 20 share 50 a minute. */
const ROUND_MS = 24_000;

describe('20 turns at once in one workspace at Tier 3', () => {
  it('no call is refused, no text lost or doubled, and each turn’s text comes within its share', async () => {
    const world = await createLoadWorld();
    try {
      const load = await planLoad(world, 20, 360);
      await world.run(Number.POSITIVE_INFINITY, 50_000);
      const { mean, p95, unfairness, refused, wrong } = await load.figures();
      expect({ refused, wrong }).toEqual({ refused: [], wrong: [] });
      expect(mean).toBeLessThanOrEqual(0.75 * ROUND_MS);
      expect(p95).toBeLessThanOrEqual(1.25 * ROUND_MS);
      expect(unfairness).toBeLessThanOrEqual(1.5);
      const measured = world.measured.filter(({ metric }) => metric === 'TextLatency');
      expect(measured.reduce((sum, { ms }) => sum + ms, 0) / measured.length).toBeCloseTo(mean, -2);
    } finally {
      await world.close();
    }
  }, 90_000);

  it('pause cards and last flushes go before them', async () => {
    const world = await createLoadWorld();
    try {
      await planLoad(world, 20, 170);
      // While the others roll over.
      const asked: { text: string; at: number }[] = [];
      for (let n = 0; n < 6; n++)
        world.after(105_000 + n * 9_000, async () => {
          const turn = await world.newTurn();
          world.after(2_000, () => turn.write(...part(`A short answer, number ${n}.`)));
          world.after(6_000, async () => {
            const text = n % 2 === 0 ? `The end of number ${n}.` : await turn.pause();
            asked.push({ text, at: world.now() });
            if (n % 2 === 0) {
              await turn.write(...part(text));
              return turn.end();
            }
            const { turnId } = turn;
            await world.deps.sendWake({ v: 1, kind: 'pause', turnId, pauseId: text, token: 'token' }, 0);
          });
        });
      await world.run(Number.POSITIVE_INFINITY, 50_000);
      const calls = (await world.slack.calls()).filter(({ ok }) => ok);
      const waits = asked.map(({ text, at }) => {
        const call = calls.find((one) => one.at >= at && JSON.stringify(one.args).includes(text));
        return (call?.at ?? Number.POSITIVE_INFINITY) - at;
      });
      expect(waits).toHaveLength(6);
      expect(Math.max(...waits)).toBeLessThanOrEqual(3_000);
    } finally {
      await world.close();
    }
  }, 90_000);
});

describe('30 turns at once, more than streams may be opened in a minute', () => {
  it('all get the same share, whether by a stream or by a stand-in until one opens', async () => {
    const world = await createLoadWorld();
    try {
      const load = await planLoad(world, 30, 200);
      await world.run(Number.POSITIVE_INFINITY, 50_000);
      const { unfairness, refused, wrong } = await load.figures();
      expect({ refused, wrong }).toEqual({ refused: [], wrong: [] });
      expect(await world.slack.calls({ method: 'chat.postMessage' })).toHaveLength(10);
      expect(unfairness).toBeLessThanOrEqual(1.5);
    } finally {
      await world.close();
    }
  }, 90_000);
});
