import { keys } from '../store/keys.ts';
import type { Store } from '../store/store.ts';
import { withoutInvisible } from '../text.ts';
import type { Decision, PauseAuditRecord, PauseRecord } from './record.ts';

/** As much as a person may write as a reason, in characters. */
export const REASON_LIMIT = 2_000;
/** As much of it as the hot record keeps, in UTF-8 bytes; the audit record has the whole. */
const KEPT_BYTES = 150;

/** What is wrong with a reason, as a sentence for whoever wrote it; undefined when it will do. */
export function reasonProblem(text: string): string | undefined {
  if (withoutInvisible(text).trim() === '') return 'Please write a reason, or cancel and press Deny.';
  const { length } = Array.from(text.trim());
  if (length <= REASON_LIMIT) return undefined;
  return `Please write ${REASON_LIMIT} characters at most; these are ${length}.`;
}

/** A reason as it is stored: well-formed, without blanks around it, within its limit; undefined for an empty one. */
export function wholeReason(text: string | undefined): string | undefined {
  const clean = text?.toWellFormed().trim();
  return clean ? Array.from(clean).slice(0, REASON_LIMIT).join('') : undefined;
}

/** The beginning of a reason, and how many characters of it are left out. */
export function keptReason(reason: string): Pick<Decision, 'reason' | 'reasonOmitted'> {
  const characters = Array.from(reason);
  let bytes = 0;
  const fitting = characters.findIndex((character) => {
    bytes += Buffer.byteLength(character);
    return bytes > KEPT_BYTES;
  });
  if (fitting === -1) return { reason };
  return { reason: characters.slice(0, fitting).join(''), reasonOmitted: characters.length - fitting };
}

/** Whether a decision was made for this reason, as far as META tells: its beginning and its length. */
export function isReasonOf({ reason, reasonOmitted }: Decision, text: string): boolean {
  const whole = wholeReason(text);
  const kept = whole ? keptReason(whole) : {};
  return kept.reason === reason && kept.reasonOmitted === reasonOmitted;
}

/** The pause with its reasons whole: those that META keeps the beginning of are read from the audit records. */
export async function withWholeReasons(store: Store, pause: PauseRecord): Promise<PauseRecord> {
  if (!pause.rows.some(({ decision }) => decision?.reasonOmitted)) return pause;
  const audits = await store.query<PauseAuditRecord>({ pk: keys.pause(pause.pauseId).pk, prefix: 'AUDIT#' });
  const whole = new Map(audits.flatMap(({ row, reason }) => (reason ? [[row, reason] as const] : [])));
  return {
    ...pause,
    rows: pause.rows.map((state, row) => {
      const reason = whole.get(row);
      if (!state.decision?.reasonOmitted || reason === undefined) return state;
      const { reasonOmitted: _now, ...decision } = state.decision;
      return { ...state, decision: { ...decision, reason } };
    }),
  };
}
