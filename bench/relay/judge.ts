import type { AdminMessage, CallRecord } from '../../test/support/slack-client.ts';
import { arrivalsIn, previewsIn } from './arrivals.ts';
import { type AwsUsage, count } from './aws-usage.ts';
import type { BenchWorld } from './bench-world.ts';
import { messagesOf, wrongsOf } from './check-turn.ts';
import type { PlayedTurn } from './play-turn.ts';
import { measureText, type TextMeasure } from './text-measure.ts';

/** What was seen of turns that were played. */
export interface Judged {
  /** Web API calls of the app. */
  calls: readonly CallRecord[];
  messages: readonly AdminMessage[];
  aws: AwsUsage;
  texts: TextMeasure[];
  /** Of each turn, what is wrong with what its thread shows in the end. */
  wrongs: string[][];
}

export async function judge(world: BenchWorld, turns: readonly PlayedTurn[]): Promise<Judged> {
  const { calls, aws } = await world.gathered();
  const { messages } = await world.stand.slack.state();
  return {
    calls: calls.filter(({ app }) => app !== null),
    messages,
    aws,
    texts: turns.map((turn) =>
      measureText(turn.sent, arrivalsIn(calls, threadOf(turn)), previewsIn(calls, threadOf(turn))),
    ),
    wrongs: await Promise.all(
      turns.map((turn) => wrongsOf(world.stand.store, messagesOf(messages, turn), turn)),
    ),
  };
}

export const threadOf = ({ asked }: Pick<PlayedTurn, 'asked'>) => ({
  channel: asked.channel,
  threadTs: asked.ts,
});

/** Calls that were answered 429, by method. */
export function refusedIn(calls: readonly CallRecord[]): Map<string, number> {
  const refused = new Map<string, number>();
  for (const { status, method } of calls) if (status === 429) count(refused, method);
  return refused;
}

/** Refusals other than for the rate, as one sentence each. */
export function failuresIn(calls: readonly CallRecord[]): string[] {
  const failures = new Map<string, number>();
  for (const { ok, status, method, error } of calls)
    if (!ok && status !== 429) count(failures, `${method} ${error}`);
  return [...failures].map(([what, times]) => `Slack refused ${what} ${times} times`);
}
