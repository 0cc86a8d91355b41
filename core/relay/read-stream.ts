import type { SessionRecord } from '../sessions/record.ts';
import { keys } from '../store/keys.ts';
import type { ChunkBatch } from '../stream/chunks.ts';
import { readTurnStream } from '../stream/read-log.ts';
import type { TurnRecord } from '../turns/record.ts';
import { hasEnded } from '../turns/transitions.ts';
import { loadCharts } from './beside/load-charts.ts';
import type { RelayDeps } from './deps.ts';
import { CHARTS_PER_MESSAGE, type ShownChart } from './plan/charts.ts';
import type { Cursor, RelayRecord } from './record.ts';

/** Batches per read: minutes of text; what is behind them is read after they were shown. */
const BATCHES = 500;

/** What a flush works on, and who waits behind this turn. */
export interface ReadStream {
  turn: TurnRecord;
  batches: ChunkBatch[];
  more: boolean;
  /** The answer's first charts, once the turn has ended: a message takes no more. */
  charts: ShownChart[];
  /** The session's active turn, where it is not this one. */
  successorId: string | undefined;
}

/**
 * Reads what the next plan needs: the log behind the record's place, or behind the place from which an answer is
 * posted whole once the turn has ended.
 *
 * @returns undefined when the turn is gone
 */
export async function readStream(
  deps: Pick<RelayDeps, 'store' | 'bodies' | 'log'>,
  record: Pick<RelayRecord, 'turnId' | 'view'>,
): Promise<ReadStream | undefined> {
  const { turnId, view } = record;
  const plan = await readingOf(deps, record);
  const { turn, batches, more } = await readTurnStream(deps.store, turnId, plan.from, plan.batches);
  if (!turn) return undefined;
  const ended = hasEnded(turn);
  // It ended between the two looks: what is posted whole begins elsewhere.
  if (view.whole && ended && !plan.ended) return readStream(deps, record);
  return {
    turn,
    batches,
    more: more && plan.batches > 1,
    charts: ended && !view.finished ? await chartsOf(deps, turn) : [],
    successorId: ended ? await successorOf(deps, turn) : undefined,
  };
}

async function readingOf(
  { store }: Pick<RelayDeps, 'store'>,
  { turnId, view }: Pick<RelayRecord, 'turnId' | 'view'>,
): Promise<{ from: Cursor; batches: number; ended: boolean }> {
  const { whole, spot, progress, line } = view;
  if (!whole) return { from: spot.cursor, batches: BATCHES, ended: false };
  // Where the answer begins is not known yet.
  if (whole.answer === 'open') return { from: spot.cursor, batches: BATCHES, ended: true };
  const turn = await store.get<TurnRecord>(keys.turn(turnId));
  if (turn && hasEnded(turn)) return { from: whole.from.cursor, batches: BATCHES, ended: true };
  // Without a stand-in nothing is shown before the end: one batch tells nothing and costs nothing.
  if (line && !line.gone && !progress) return { from: line.counted, batches: BATCHES, ended: false };
  return { from: spot.cursor, batches: progress ? BATCHES : 1, ended: false };
}

/** Charts never hold up the answer: those that cannot be read now come behind it. */
async function chartsOf(
  deps: Pick<RelayDeps, 'bodies' | 'log'>,
  { turnId, attachments = [] }: TurnRecord,
): Promise<ShownChart[]> {
  const first = attachments.filter(({ kind }) => kind === 'chart').slice(0, CHARTS_PER_MESSAGE);
  try {
    return await loadCharts(deps, first);
  } catch (error) {
    deps.log.warn('charts could not be read for the answer', { turnId, error });
    return [];
  }
}

async function successorOf(deps: Pick<RelayDeps, 'store'>, turn: TurnRecord): Promise<string | undefined> {
  const session = await deps.store.get<SessionRecord>(keys.session(turn.sessionId));
  return session?.activeTurnId === turn.turnId ? undefined : session?.activeTurnId;
}
