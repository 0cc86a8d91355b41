import type { CallRecord } from '../../test/support/slack-client.ts';
import { quantile } from '../quantiles.ts';
import { type AwsUsage, count } from './aws-usage.ts';
import type { MachineUse } from './machine.ts';
import { countsTold, listOf, type Row, seconds } from './results.ts';
import type { LoadMeasure } from './text-measure.ts';

const MEAN_SHARE = 0.75;
const P95_SHARE = 1.25;
const MOST_UNFAIR = 1.5;

/** How text came through; what must be reached is said where it is asked. */
export function latencyRows({
  load,
  refused,
  shareMs,
  asked,
}: {
  load: LoadMeasure;
  /** Calls that Slack answered 429, by method. */
  refused: ReadonlyMap<string, number>;
  shareMs: number;
  asked: boolean;
}): Row[] {
  const row = (what: string, words: string, measured: string, ok: boolean): Row =>
    asked ? { what, asked: words, measured, ok } : { what, measured };
  const [meanMost, p95Most] = [MEAN_SHARE * shareMs, P95_SHARE * shareMs];
  return [
    row('calls that Slack answered 429', '0', countsTold(refused), refused.size === 0),
    row(
      'text lost, and text doubled',
      '0 and 0 bytes',
      `${load.lost} and ${load.doubled} of ${load.sent} bytes`,
      load.lost === 0 && load.doubled === 0,
    ),
    row(
      'text latency of what came, mean',
      `≤ ${seconds(meanMost)}`,
      seconds(load.meanMs),
      load.meanMs <= meanMost,
    ),
    row(
      'text latency of what came, p95',
      `≤ ${seconds(p95Most)}`,
      seconds(load.p95Ms),
      load.p95Ms <= p95Most,
    ),
    {
      what: 'text latency of what came, p50 and worst',
      measured: `${seconds(load.p50Ms)} and ${seconds(load.worstMs)}`,
    },
    row(
      'fairness: slowest by fastest turn’s mean',
      `≤ ${MOST_UNFAIR}`,
      load.fairness.toFixed(2),
      load.fairness <= MOST_UNFAIR,
    ),
  ];
}

/** What turns asked of Slack and AWS. */
export function usageRows(turns: number, calls: readonly CallRecord[], aws: AwsUsage): Row[] {
  const methods = new Map<string, number>();
  for (const { method } of calls) count(methods, method);
  const per = (times: number) => (times / turns).toFixed(0);
  return [
    { what: 'Slack calls, all turns', measured: countsTold(methods) },
    {
      what: 'DynamoDB a turn',
      measured: `${per(aws.dynamoDb)} requests, ${per(aws.units.write)} write and ${per(aws.units.read)} read units`,
    },
    { what: 'AWS requests, all turns', measured: listOf(aws.operations) },
    {
      what: 'wakes and relay visits a turn',
      measured: `${per([...aws.wakes.values()].reduce((sum, times) => sum + times, 0))} (${listOf(aws.wakes)} in all) and ${per(aws.visits.length)}`,
    },
    ...wakeRow(aws),
  ];
}

function wakeRow({ wakeLatencies }: AwsUsage): Row[] {
  if (wakeLatencies.length === 0) return [];
  const of = (share: number) => `${Math.round(quantile(wakeLatencies, share))} ms`;
  return [
    {
      what: 'from when a wake is due to its relay’s first request, p50 and p95',
      measured: `${of(0.5)} and ${of(0.95)}`,
    },
  ];
}

export function machineRow({ cores, emulator, functions, bench, others, benchLateMs }: MachineUse): Row {
  const share = (value: number) => `${(100 * value).toFixed(0)} %`;
  return {
    what: `the machine, of ${cores} × 100 %`,
    measured: `emulator ${share(emulator)}, functions ${share(functions)}, simulator, model and meter together ${share(bench)} and at most ${benchLateMs.toFixed(0)} ms late (p99), everything else on it ${share(others)}`,
  };
}
