import type { AttachmentRecord } from '../../attachments/attachment.ts';
import { type SlackApi, SlackCallError } from '../../slack/api.ts';
import type { TurnRecord } from '../../turns/record.ts';
import { SHORT_WAIT_MS } from '../budget/await-slot.ts';
import { blockMethod } from '../budget/budget.ts';
import type { RelayDeps } from '../deps.ts';
import type { Executed } from '../execute-plan.ts';
import type { HeldRelay } from '../lease.ts';
import { placeOf } from '../place.ts';
import type { RelayRecord } from '../record.ts';
import { everywhere } from '../recovery/failures.ts';
import { comeBackAfterFailure } from '../recovery/retry.ts';
import { queueGuard } from '../wakes/guard.ts';
import { postCharts } from './post-charts.ts';
import { postRefusal } from './post-refusal.ts';
import { uploadFile } from './upload-file.ts';

/** What one visit spends on them before it leaves the rest to another: an invocation has a minute. */
const VISIT_MS = 15_000;

/** `done`: it stands in the thread, or what stands in for it. `refused`: Slack will not take it, with its error word. */
export type Brought =
  | { kind: 'done' }
  | { kind: 'refused'; code: string }
  | (Executed & { kind: 'comeBack' });

/**
 * Brings into the thread what of the answer its own messages do not hold: files, and charts that found no room.
 * They come one after the other behind the end of the answer, each at most once: what is on its way is written down
 * before, and looked for after a crash. What Slack refuses for good is told in a line.
 *
 * @returns when to come back, where Slack or its budget do not allow it now
 */
export async function tendUploads(
  deps: RelayDeps,
  held: HeldRelay,
  slack: SlackApi,
  turn: Pick<TurnRecord, 'attachments'>,
): Promise<Executed | undefined> {
  const until = deps.now() + VISIT_MS;
  for (;;) {
    const [next, ...others] = leftToBring(held.record, turn);
    if (!next) return undefined;
    if (deps.now() >= until) return { kind: 'comeBack', at: deps.now() };
    await queueGuard(deps, held, undefined);
    const brought = await bring(deps, held, slack, next, others);
    if (brought.kind === 'comeBack') return brought;
    if (brought.kind === 'refused') {
      deps.log.warn('Slack takes no attachment', { turnId: held.record.turnId, code: brought.code });
      const { current, done = [] } = { ...held.record.uploads };
      // A chart that is refused as a table as well has no other form.
      if (current?.refused) held.change({ uploads: { done: [...done, next.id] }, retry: undefined });
      else held.change({ uploads: { done, current: { id: next.id, refused: brought.code } } });
    }
  }
}

/** The attachments that are not in the thread yet, once the answer is. The one on its way comes first. */
function leftToBring(
  { view, uploads }: Pick<RelayRecord, 'view' | 'uploads'>,
  { attachments = [] }: Pick<TurnRecord, 'attachments'>,
): AttachmentRecord[] {
  if (!view.finished) return [];
  const shown = new Set([...(view.charts ?? []), ...(uploads?.done ?? [])]);
  const left = attachments.filter(({ id }) => !shown.has(id));
  return left.toSorted((one, other) => Number(isCurrent(other)) - Number(isCurrent(one)));

  function isCurrent({ id }: AttachmentRecord): boolean {
    return id === uploads?.current?.id;
  }
}

async function bring(
  deps: RelayDeps,
  held: HeldRelay,
  slack: SlackApi,
  next: AttachmentRecord,
  others: readonly AttachmentRecord[],
): Promise<Brought> {
  const ofKind = [next, ...others.filter(({ kind }) => kind === next.kind)];
  try {
    if (next.kind === 'chart') return await postCharts(deps, held, slack, ofKind);
    const refused = held.record.uploads?.current?.refused;
    return refused === undefined
      ? await uploadFile(deps, held, slack, next)
      : await postRefusal(deps, held, slack, ofKind, refused);
  } catch (error) {
    if (!(error instanceof SlackCallError)) throw error;
    return afterFailure(deps, held, error);
  }
}

/** The rights of the app as a whole: they come back, or nothing can be said at all. */
const REVOKED = new Set(['not_authed', 'invalid_auth', 'account_inactive', 'token_revoked', 'token_expired']);

async function afterFailure(
  deps: RelayDeps,
  held: HeldRelay,
  { method, failure, message }: SlackCallError,
): Promise<Brought> {
  deps.log.info('attachment not brought yet', { turnId: held.record.turnId, error: message });
  if (failure.kind === 'rate_limited') {
    const at = deps.now() + Math.max(SHORT_WAIT_MS, failure.retryAfterMs);
    const { channel } = placeOf(held.record);
    if (isBudgeted(method)) await blockMethod(deps, held.record, method, at, channel);
    return { kind: 'comeBack', at };
  }
  if (failure.kind === 'unknown' || everywhere[failure.code] === 'ask')
    return comeBackAfterFailure(deps, held);
  if (REVOKED.has(failure.code)) return comeBackAfterFailure(deps, held, 'rarely');
  return { kind: 'refused', code: failure.code };
}

const budgeted = ['files.getUploadURLExternal', 'files.completeUploadExternal', 'chat.postMessage'] as const;
const isBudgeted = (method: string): method is (typeof budgeted)[number] =>
  budgeted.some((one) => one === method);
