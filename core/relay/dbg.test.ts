import { it } from 'vitest';
import { asks, beginsText, endsText, gets, says } from '../../test/support/relay-log.ts';
import { createRelayWorld } from '../../test/support/relay-world.ts';

it('load', async () => {
  const world = await createRelayWorld({
    random: Math.random,
    simulator: { rateLimits: { 'chat.appendStream': { perMinute: 50 } } },
  });
  const MIN = Number(process.env.MINUTES ?? 10);
  const N = 20;
  const born = new Map<string, number>();
  const lat: number[] = [];
  const per = new Map<string, number[]>();
  world.onCall(async (method, send) => send());
  const seen = new Set<string>();
  const turns = [];
  for (let i = 0; i < N; i++) {
    const turn = await world.newTurn();
    turns.push(turn);
    const s = 0;
    for (let sec = 1; sec <= MIN * 60; sec++) {
      world.after(sec * 1000 + i * 37, async () => {
        const id = `t${i}s${sec}e`;
        born.set(id, world.now());
        const chunks = [];
        if (sec === 1) chunks.push(beginsText());
        chunks.push(
          says(
            `${id} ${'lorem ipsum dolor sit amet consectetur adipiscing elit '.slice(0, 59 - id.length)}\n`,
          ),
        );
        if (sec % 15 === 0) {
          chunks.push(asks(`c${sec}`));
        }
        if (sec % 15 === 5) chunks.push(gets(`c${sec - 5}`));
        await turn.write(...chunks);
      });
    }
    world.after(MIN * 60_000 + 2000, () => turn.end());
  }
  await world.run();
  const calls = await world.slack.calls();
  const count = new Map<string, number>();
  for (const c of calls) {
    const k = `${c.method} ${c.ok ? 'ok' : c.error}`;
    count.set(k, (count.get(k) ?? 0) + 1);
    if (!c.ok || !c.method.startsWith('chat.')) continue;
    for (const id of JSON.stringify(c.args).match(/t\d+s\d+e/g) ?? []) {
      if (seen.has(id)) continue;
      seen.add(id);
      const l = c.at - (born.get(id) ?? 0);
      lat.push(l);
      const t = id.split('s')[0] ?? '';
      per.set(t, [...(per.get(t) ?? []), l]);
    }
  }
  lat.sort((a, b) => a - b);
  const mean = lat.reduce((a, b) => a + b, 0) / lat.length;
  console.log(
    count,
    'shown',
    seen.size,
    'of',
    born.size,
    'mean',
    mean,
    'p95',
    lat[Math.floor(lat.length * 0.95)],
    'max',
    lat.at(-1),
  );
  const means = [...per.values()].map((l) => l.reduce((a, b) => a + b, 0) / l.length).sort((a, b) => a - b);
  console.log(means.map((m) => Math.round(m / 100) / 10).join(' '));
  let whole = 0;
  for (const t of turns) {
    const r = await t.record();
    if (r.view.whole) whole++;
    if (!r.closedAt) console.log('open', JSON.stringify(r));
  }
  console.log('whole', whole);
  await world.close();
}, 900_000);
