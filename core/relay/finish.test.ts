import { afterEach, describe, expect, it } from 'vitest';
import { asks, ends, failsWith, part } from '../../test/support/relay-log.ts';
import {
  Crash,
  createRelayWorld,
  noStreams,
  type RelayWorld,
  type WorldTurn,
} from '../../test/support/relay-world.ts';
import type { DisplayChoice, Surface } from '../display/display.ts';
import type { StreamChunk } from '../stream/chunks.ts';

let world: RelayWorld;
afterEach(() => world.close());

const ways: { surface: Surface; whole?: true }[] = [
  { surface: 'plan' },
  { surface: 'timeline' },
  { surface: 'final' },
  { surface: 'plan', whole: true },
];

/** What a run that does not know of the end would write. */
const late: StreamChunk[] = [
  ...part('LATE'),
  asks('late', { path: 'LATE' }, 'late_tool'),
  failsWith('late', 'LATE'),
  { type: 'error', errorText: 'LATE' },
  { type: 'data-pause', data: { pauseId: 'late' } },
  ends('failed', 'LATE'),
];

async function aTurn({ surface, whole }: (typeof ways)[number]): Promise<WorldTurn> {
  world = await createRelayWorld();
  if (whole) await world.slack.fault(noStreams);
  const display: DisplayChoice = { surface, progressLine: true };
  return world.newTurn({}, display);
}

const threadOf = async (turn: WorldTurn): Promise<string> => JSON.stringify(await turn.messages());

describe.each(ways)('P-22 nothing behind `finish` is shown: $surface, posted whole: $whole', (way) => {
  it.each([
    ['read at once with it', 0],
    ['while the answer is shown', 5_000],
  ])('%s', async (_, ms) => {
    const turn = await aTurn(way);
    await world.run(ms);
    await turn.write(...part('The answer.'));
    await world.run(ms);
    await turn.end();
    await turn.write(...late);
    await world.run();
    const shown = await threadOf(turn);
    expect(shown).toContain('The answer.');
    expect(shown).not.toMatch(/late/i);
    expect(shown).not.toContain('Failed');
    expect(shown).not.toMatch(/[1-9] steps?\b/);
    // Beside what stands in for a stream there is no line.
    if (ms > 0 && !way.whole) expect(shown).toMatch(/Done in \d+ s, 0 steps/);
    expect((await turn.record()).closedAt).toBeDefined();
  });

  it('nor when more comes after the end was shown, or a relay that died at the end is followed', async () => {
    const turn = await aTurn(way);
    let died = false;
    world.onCall(async (method, send) => {
      const answer = await send();
      if (died || !/stopStream|postMessage/.test(method)) return answer;
      died = true;
      await turn.write(...late);
      throw new Crash();
    });
    await turn.write(...part('The answer.'));
    await turn.end();
    await world.run();
    expect(died).toBe(true);
    const calls = await world.slack.calls();
    await turn.write(...late);
    await world.run();
    const writes = (of: typeof calls) => of.filter(({ method }) => method.startsWith('chat.')).length;
    expect(writes(await world.slack.calls())).toBe(writes(calls));
    expect(await threadOf(turn)).not.toMatch(/late/i);
  });
});
