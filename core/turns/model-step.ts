import { createHash } from 'node:crypto';
import type { ModelMessage } from 'ai';
import type { Agent } from '../agents/define-agent.ts';
import { type CallModel, type ModelAnswer, ModelError } from '../models/contract.ts';
import type { Limits } from '../settings.ts';
import type { StreamChunk } from '../stream/chunks.ts';
import { type Run, RunAbort } from './run.ts';

export interface ModelStepDeps {
  callModel: CallModel;
  limits: Limits;
  /** Milliseconds until the function is ended. */
  remainingMs: () => number;
}

export interface ModelStepRequest {
  agent: Agent;
  model: string;
  instructions: string;
  messages: ModelMessage[];
}

/** How a model call ended. `partial` is the text that was shown before it broke off. */
export type ModelStepResult =
  | { kind: 'answered'; answer: ModelAnswer; requestDigest: string }
  | { kind: 'failed'; error: ModelError; partial: string }
  | { kind: 'cut'; partial: string; requestDigest: string }
  | { kind: 'stopped'; partial: string };

/**
 * One model call, streamed into the log. Silence counts as failure after ten minutes, or earlier where the
 * function's time ends: then what came so far is kept and continued. A stop keeps the partial text as well.
 *
 * @throws TurnLostError and write failures, which end the run
 */
export async function callModelStep(
  deps: ModelStepDeps,
  run: Run,
  { agent, model, instructions, messages }: ModelStepRequest,
): Promise<ModelStepResult> {
  const { limits } = deps;
  const { turn } = run;
  const requestDigest = createHash('sha256')
    .update(JSON.stringify([model, instructions, messages, agent.digest]))
    .digest('hex');
  const guard = silenceGuard(limits.silenceMs, deps.remainingMs() - limits.saveReserveMs);
  let partial = '';
  let openText: string | undefined;
  const onChunk = (chunk: StreamChunk) => {
    if (chunk.type === 'text-start') openText = chunk.id;
    if (chunk.type === 'text-end') openText = undefined;
    if (chunk.type === 'text-delta') partial += chunk.delta;
    run.emit([chunk]);
  };
  // Ids of a broken text part stay open in the log unless they are closed here.
  const closeText = () => {
    if (openText !== undefined) run.emit([{ type: 'text-end', id: openText }]);
  };
  run.emit([{ type: 'start-step' }]);
  try {
    const answer = await deps.callModel(
      {
        model,
        instructions,
        messages,
        tools: agent.tools,
        signal: AbortSignal.any([run.signal, guard.signal]),
        turnId: turn.turnId,
        step: turn.step,
        attempt: turn.attempts + 1,
        onPart: guard.rearm,
      },
      onChunk,
    );
    return { kind: 'answered', answer, requestDigest };
  } catch (error) {
    closeText();
    if (run.signal.aborted) {
      const reason: unknown = run.signal.reason;
      if (reason instanceof RunAbort && reason.abortCause === 'stop') return { kind: 'stopped', partial };
      throw reason instanceof RunAbort ? (reason.cause ?? reason) : reason;
    }
    if (guard.fired === 'deadline') return { kind: 'cut', partial, requestDigest };
    if (guard.fired === 'silence') return { kind: 'failed', error: silent(limits.silenceMs), partial };
    if (error instanceof ModelError) return { kind: 'failed', error, partial };
    throw error;
  } finally {
    guard.end();
  }
}

function silent(silenceMs: number): ModelError {
  const seconds = Math.round(silenceMs / 1000);
  return new ModelError({
    retryable: true,
    code: 'silence',
    sentence: `The model sent nothing for ${seconds} seconds.`,
  });
}

/** Aborts after a time without a sign of life, or at the deadline, whichever comes first. */
function silenceGuard(silenceMs: number, deadlineMs: number) {
  const controller = new AbortController();
  let fired: 'silence' | 'deadline' | undefined;
  const fire = (cause: 'silence' | 'deadline') => () => {
    fired ??= cause;
    controller.abort(new Error(`The model call was ended: ${cause}.`));
  };
  const deadline = setTimeout(fire('deadline'), Math.max(1_000, deadlineMs));
  let silence = setTimeout(fire('silence'), silenceMs);
  return {
    signal: controller.signal,
    get fired() {
      return fired;
    },
    rearm() {
      clearTimeout(silence);
      silence = setTimeout(fire('silence'), silenceMs);
    },
    end() {
      clearTimeout(silence);
      clearTimeout(deadline);
    },
  };
}
