import type { Display } from '../../core/display/display.ts';
import { lettersOf } from '../../core/slack/visible-text.ts';
import type { StreamChunk } from '../../core/stream/chunks.ts';
import { asks, beginsText, endsText, gets, says } from './relay-log.ts';
import { createRelayWorld, type RelayWorld, type WorldTurn } from './relay-world.ts';

/** How late the text of a load came into Slack, milliseconds, and what went wrong. */
export interface LoadFigures {
  /** Over all lines that were written. */
  mean: number;
  p95: number;
  /** The slowest turn's mean, as a multiple of the fastest one's. */
  unfairness: number;
  /** Calls that Slack refused. */
  refused: string[];
  /** Turns whose text does not stand in the thread once and in order, or whose title Slack does not show. */
  wrong: number[];
}

/** A workspace at Tier 3 appends, whose simulator counts sliding windows; every run is the same. */
export function createLoadWorld(): Promise<RelayWorld> {
  let drawn = 0;
  return createRelayWorld({
    random: () => (drawn++ * 0.618) % 1,
    simulator: { rateLimits: { 'chat.appendStream': { perMinute: 50 } } },
  });
}

/**
 * Turns that begin at once and write a line of about 60 bytes a second, and a tool step every 15 s, on the surfaces
 * `plan` and `timeline` in turn. They end all at once, too.
 */
export async function planLoad(world: RelayWorld, turns: number, seconds: number) {
  const all: { turn: WorldTurn; letters: string }[] = [];
  const writtenAt = new Map<string, number>();
  for (let n = 0; n < turns; n++) {
    const surface: Display['surface'] = n % 2 === 0 ? 'plan' : 'timeline';
    const turn = await world.newTurn({}, { surface });
    // Four moments a second are enough to be unlike each other.
    const offset = (n % 4) * 237;
    let logged = '';
    for (let second = 1; second <= seconds; second++) {
      const line = `turn ${n} second ${second} writes about sixty bytes of text\n`;
      logged += line;
      const chunks: StreamChunk[] = [...(second === 1 ? [beginsText()] : []), says(line)];
      if (second % 15 === 0) chunks.push(asks(`call-${second}`));
      if (second % 15 === 5) chunks.push(gets(`call-${second - 5}`));
      world.after(second * 1_000 + offset, () => {
        writtenAt.set(`${n}/${second}`, world.now());
        return turn.write(...chunks);
      });
    }
    // All about the same moment, as models give them.
    world.after(700 + offset, () => turn.title(`Title ${n}`));
    world.after(seconds * 1_000 + 1_500, async () => {
      await turn.write(endsText());
      await turn.end();
    });
    all.push({ turn, letters: lettersOf(logged) });
  }
  return {
    /** After the world has come to rest. */
    async figures(): Promise<LoadFigures> {
      const calls = await world.slack.calls();
      const shownAt = new Map<string, number>();
      for (const { ok, at, args } of calls) {
        if (!ok) continue;
        for (const [, n, second] of JSON.stringify(args).matchAll(/turn (\d+) second (\d+) /g))
          if (!shownAt.has(`${n}/${second}`)) shownAt.set(`${n}/${second}`, at);
      }
      const late = all.map((): number[] => []);
      for (const [line, at] of writtenAt)
        late[Number.parseInt(line, 10)]?.push((shownAt.get(line) ?? Number.POSITIVE_INFINITY) - at);
      const sorted = late.flat().sort((a, b) => a - b);
      const means = late.map(mean);
      const wrong: number[] = [];
      for (const [n, { turn, letters }] of all.entries()) {
        const shown = await turn.letters();
        const rest = shown.startsWith(letters) ? shown.slice(letters.length) : undefined;
        const session = await world.slack.session(turn.channel, turn.threadTs);
        const isTitled = session?.title === `Title ${n}`;
        if (rest === undefined || rest.includes('writes') || !isTitled) wrong.push(n);
      }
      return {
        mean: mean(sorted),
        p95: sorted[Math.floor(sorted.length * 0.95)] ?? 0,
        unfairness: Math.max(...means) / Math.min(...means),
        refused: calls.filter(({ ok }) => !ok).map(({ method, error }) => `${method} ${error}`),
        wrong,
      };
    },
  };
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
