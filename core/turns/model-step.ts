import { createHash } from 'node:crypto';
import type { ModelMessage } from 'ai';
import type { Agent } from '../agents/define-agent.ts';
import { type CallModel, type ModelAnswer, ModelError } from '../models/contract.ts';
import type { ModelChoice } from '../models/model-choice.ts';
import { overflowIn } from '../models/overflow-text.ts';
import type { Limits } from '../settings.ts';
import type { StreamChunk } from '../stream/chunks.ts';
import type { Run } from './run.ts';
import { createSilenceGuard, silenceError } from './silence-guard.ts';
import { wasStopped } from './was-stopped.ts';

export interface ModelStepDeps {
  callModel: CallModel;
  limits: Limits;
  /** Milliseconds until the function is ended. */
  remainingMs: () => number;
}

export interface ModelStepRequest {
  agent: Agent;
  choice: ModelChoice;
  instructions: string;
  messages: readonly ModelMessage[];
}

const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');

/** A file's bytes count by their own digest: as JSON they would take seconds and a hundred times their size. */
const digestOf = (value: unknown): string =>
  sha256(JSON.stringify(value, (_, part: unknown) => (part instanceof Uint8Array ? sha256(part) : part)));

const digests = new WeakMap<ModelMessage, string>();

/** A message's own digest, kept: a request's costs what is new in it, however long the conversation is. */
function digestOfMessage(message: ModelMessage): string {
  const known = digests.get(message) ?? digestOf(message);
  digests.set(message, known);
  return known;
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
  { agent, choice, instructions, messages }: ModelStepRequest,
): Promise<ModelStepResult> {
  const { limits } = deps;
  const { turn } = run;
  const { model } = choice;
  const requestDigest = digestOf([choice, instructions, agent.digest, messages.map(digestOfMessage)]);
  const guard = createSilenceGuard(limits.silenceMs, deps.remainingMs() - limits.saveReserveMs);
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
        ...choice,
        instructions,
        messages: [...messages],
        tools: agent.tools,
        ...(agent.webSearch ? { webSearch: agent.webSearch } : {}),
        signal: AbortSignal.any([run.signal, guard.signal]),
        turnId: turn.turnId,
        step: turn.step,
        attempt: turn.attempts + 1,
        onPart: guard.rearm,
      },
      onChunk,
    );
    const overflow = overflowIn(answer, model);
    // Its text is no part of the conversation: nobody is to read it as the model's answer later.
    if (overflow) return { kind: 'failed', error: overflow, partial: '' };
    return { kind: 'answered', answer, requestDigest };
  } catch (error) {
    closeText();
    if (wasStopped(run)) return { kind: 'stopped', partial };
    if (guard.fired === 'deadline') return { kind: 'cut', partial, requestDigest };
    if (guard.fired === 'silence')
      return { kind: 'failed', error: silenceError(model, limits.silenceMs), partial };
    if (error instanceof ModelError) return { kind: 'failed', error, partial };
    throw error;
  } finally {
    guard.end();
  }
}
