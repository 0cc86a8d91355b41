import { ModelError } from '../models/contract.ts';
import { errorClasses } from '../models/error-classes.ts';

export interface SilenceGuard {
  /** Aborted when either time is over. */
  readonly signal: AbortSignal;
  /** Which time it was. */
  readonly fired: 'silence' | 'deadline' | undefined;
  /** A sign of life: the silence starts anew. The deadline stays where it is. */
  rearm(): void;
  /** No time runs any more. */
  end(): void;
}

/** A run that has hardly any time left still gives its model call this much: less could not even begin one. */
const SHORTEST_MS = 1_000;

/**
 * Watches over one model call: it is ended after a time without any part of the stream, before the first as between
 * two (case K-29), or at the function's deadline. Nothing but these two ends the pending read; what the run does
 * meanwhile, renewing its lease say, does not touch it (case T-1).
 *
 * @param silenceMs how long nothing may come
 * @param deadlineMs when the call has to be over, from now
 */
export function createSilenceGuard(silenceMs: number, deadlineMs: number): SilenceGuard {
  const controller = new AbortController();
  let fired: SilenceGuard['fired'];
  const fire = (cause: 'silence' | 'deadline') => () => {
    fired ??= cause;
    controller.abort(new Error(`The model call was ended: ${cause}.`));
  };
  const deadline = setTimeout(fire('deadline'), Math.max(SHORTEST_MS, deadlineMs));
  let silence = setTimeout(fire('silence'), silenceMs);
  let ended = false;
  return {
    signal: controller.signal,
    get fired() {
      return fired;
    },
    rearm() {
      // A part that comes late, out of a stream that was left, must not leave a timer behind.
      if (ended) return;
      clearTimeout(silence);
      silence = setTimeout(fire('silence'), silenceMs);
    },
    end() {
      ended = true;
      clearTimeout(silence);
      clearTimeout(deadline);
    },
  };
}

/** What a silence of this length means to people and administrators. */
export function silenceError(model: string, silenceMs: number): ModelError {
  const seconds = Math.round(silenceMs / 1_000);
  const lasted = seconds >= 120 ? `${Math.round(seconds / 60)} minutes` : `${seconds} seconds`;
  const { retryable, advice } = errorClasses.silence;
  return new ModelError({
    retryable,
    code: 'silence',
    sentence: `The model sent nothing for ${lasted}.`,
    adminSentence: `${model} failed with silence (${lasted} without a part of the answer). ${advice}`,
  });
}
