import { quantile } from '../quantiles.ts';
import type { Arrival } from './arrivals.ts';
import { PIECE_BYTES, piecesIn } from './pieces.ts';
import type { SentText } from './source.ts';

/** What became of a turn's text on its way into Slack. */
export interface TextMeasure {
  /** Milliseconds from when the model sent a piece until it stood in Slack, for each that came. */
  latencies: number[];
  /** Bytes that were sent, those of them that never came, and bytes that came once more. */
  sent: number;
  lost: number;
  doubled: number;
}

/**
 * Finds each piece that was sent in what arrived.
 *
 * @param previews where a piece could be read before: it came then, but it must come for good as well
 */
export function measureText(
  sent: SentText,
  arrivals: readonly Arrival[],
  previews: readonly Arrival[] = [],
): TextMeasure {
  const seen = new Map<number, number>();
  for (const { at, letters } of previews)
    for (const { piece } of piecesIn(letters, sent.turn)) if (!seen.has(piece)) seen.set(piece, at);
  const ends: number[] = [];
  for (const { letters } of arrivals) ends.push((ends.at(-1) ?? 0) + letters.length);
  const whole = arrivals.map(({ letters }) => letters).join('');
  const latencies = new Map<number, number>();
  let doubled = 0;
  let arrival = 0;
  for (const { piece, end } of piecesIn(whole, sent.turn)) {
    while ((ends[arrival] ?? end) < end) arrival++;
    const [from, to] = [sent.at[piece], arrivals[arrival]?.at];
    if (from === undefined || to === undefined || latencies.has(piece)) doubled++;
    else latencies.set(piece, Math.min(to, seen.get(piece) ?? to) - from);
  }
  return {
    latencies: [...latencies.values()],
    sent: sent.at.length * PIECE_BYTES,
    lost: (sent.at.length - latencies.size) * PIECE_BYTES,
    doubled: doubled * PIECE_BYTES,
  };
}

/** Of several turns together. */
export interface LoadMeasure {
  meanMs: number;
  p50Ms: number;
  p95Ms: number;
  worstMs: number;
  /** The slowest turn's mean latency by the fastest one's. */
  fairness: number;
  sent: number;
  lost: number;
  doubled: number;
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

/** @throws Error when nothing at all arrived */
export function measureLoad(turns: readonly TextMeasure[]): LoadMeasure {
  const all = turns.flatMap(({ latencies }) => latencies);
  const means = turns.filter(({ latencies }) => latencies.length > 0).map(({ latencies }) => mean(latencies));
  const sum = (of: (turn: TextMeasure) => number) => turns.reduce((total, turn) => total + of(turn), 0);
  return {
    meanMs: mean(all),
    p50Ms: quantile(all, 0.5),
    p95Ms: quantile(all, 0.95),
    worstMs: all.reduce((most, value) => Math.max(most, value), 0),
    fairness: Math.max(...means) / Math.min(...means),
    sent: sum(({ sent }) => sent),
    lost: sum(({ lost }) => lost),
    doubled: sum(({ doubled }) => doubled),
  };
}
