import { expect, it } from 'vitest';
import { asks, beginsText, endsText, gets, says } from '../../test/support/relay-log.ts';
import { createRelayWorld } from '../../test/support/relay-world.ts';
import { lettersOf } from '../slack/visible-text.ts';
import type { StreamChunk } from '../stream/chunks.ts';

const TURNS = 20;
const SECONDS = 120;

it('twenty turns at once in one workspace at Tier 3: no call is refused, no text lost or doubled', async () => {
  let drawn = 0;
  const world = await createRelayWorld({
    random: () => (drawn++ % 20) / 20,
    simulator: { rateLimits: { 'chat.appendStream': { perMinute: 50 } } },
  });
  try {
    const turns = [];
    for (let n = 0; n < TURNS; n++) {
      const turn = await world.newTurn();
      let logged = '';
      for (let second = 1; second <= SECONDS; second++) {
        const line = `turn ${n} second ${second} writes about sixty bytes of text\n`;
        logged += line;
        const chunks: StreamChunk[] = [...(second === 1 ? [beginsText()] : []), says(line)];
        if (second % 15 === 0) chunks.push(asks(`call-${second}`));
        if (second % 15 === 5) chunks.push(gets(`call-${second - 5}`));
        world.after(second * 1_000 + n * 37, () => turn.write(...chunks));
      }
      world.after(SECONDS * 1_000 + 1_500, async () => {
        await turn.write(endsText());
        await turn.end();
      });
      turns.push({ turn, logged });
    }
    await world.run(Number.POSITIVE_INFINITY, 50_000);
    const refused = (await world.slack.calls()).filter(({ ok }) => !ok);
    expect(refused.map(({ method, error }) => `${method} ${error}`)).toEqual([]);
    for (const { turn, logged } of turns) {
      expect(await turn.letters()).toBe(`${lettersOf(logged)}U0REQUESTER`);
    }
  } finally {
    await world.close();
  }
}, 60_000);
