import type { Agent } from '../agents/define-agent.ts';
import { type AttachmentRoom, gatherAttachments } from '../attachments/call-attachments.ts';
import type { Decision } from '../pauses/record.ts';
import type { Limits } from '../settings.ts';
import type { SlackApi } from '../slack/api.ts';
import type { Bodies } from '../store/bodies.ts';
import { needsApproval } from '../tools/approval.ts';
import type { AnyTool } from '../tools/define-tool.ts';
import { outputBytes } from '../tools/limit-output.ts';
import { createResultBudget, type ResultBudget } from '../tools/result-budget.ts';
import { runTool } from '../tools/run-tool.ts';
import {
  type CallRecordDeps,
  type OwnedCall,
  recordIntent,
  recordOutcome,
  recordUnknown,
  type StoredCall,
  storedCalls,
  withdrawIntent,
} from './call-records.ts';
import { keepOutput } from './keep-output.ts';
import { outcomeChunks } from './outcome-chunks.ts';
import type { CallOutcome, CallRecord, StepRecord, StepToolCall } from './record.ts';
import { type Run, RunAbort } from './run.ts';
import { type SlackDeps, slackOf, toolContext } from './tool-context.ts';
import { attachmentsWith } from './turn-attachments.ts';

export interface CallDeps extends CallRecordDeps, SlackDeps {
  bodies: Pick<Bodies, 'get' | 'put' | 'putBytes'>;
  limits: Pick<Limits, 'attachmentBytes' | 'attachmentsPerTurn'>;
  toolCallsPerStep: number;
  /** Whether results that were stored before this run are to be shown again: a crash may have come in between. */
  showStored: boolean;
  /** This run committed the step itself: nothing can be stored about its calls, and nothing is read. */
  fresh?: boolean;
  /** The window of the turn's model, tokens, where it is known: results are cut by it. */
  contextTokens?: number | undefined;
}

export interface AnsweredCall extends StepToolCall {
  outcome: CallOutcome;
  /** The outcome is our own doing and says nothing about the call: the loop breakers do not count it. */
  neutral?: true;
}

/** What a step's calls came to, in call order, and which of them wait for a person. */
export interface CallsResult {
  answered: AnsweredCall[];
  asking: StepToolCall[];
  /** Whether a run before this one had answered all of them. */
  known: boolean;
}

const UNKNOWN = {
  kind: 'error',
  text: 'The outcome of this call is unknown: it was started, and the run ended before its result was stored. It was not run again. Tell the person, and check before you repeat it.',
} as const satisfies CallOutcome;

/**
 * Answers all calls of a step: those that may run, run together, each with an intent record before and a result
 * record after; one that was started by a former run and has no result is not run again unless it is a read or
 * declared idempotent (rule 4, case K-45). Results come in call order and are shown as each is there (K-14).
 *
 * @param decisions what people decided about calls of this step, by tool call id
 * @throws the first failure of a record, or the run's abort reason, when all calls have come to rest
 */
export async function answerCalls(
  deps: CallDeps,
  run: Run,
  agent: Agent,
  step: StepRecord,
  decisions: ReadonlyMap<string, Decision>,
): Promise<CallsResult> {
  const known = deps.fresh ? new Map<string, StoredCall>() : await storedCalls(deps, step);
  const work = {
    deps,
    run,
    agent,
    slack: slackOf(deps, run.turn),
    budget: budgetOf(deps, step, known),
    room: roomOf(deps, run, known),
  };
  const settled = await Promise.allSettled(
    step.toolCalls.map(async (call, index) => {
      const stored = known.get(call.toolCallId);
      const former = stored?.outcome;
      if (former && !deps.showStored) return former;
      const outcome =
        former ??
        refusalOf(call, index, deps.toolCallsPerStep) ??
        (await answer(work, { step, call, fence: run.turn.fence }, stored?.record, decisions));
      if (outcome) run.emit(outcomeChunks(call.toolCallId, outcome), true);
      return outcome;
    }),
  );
  const failure = settled.find((result) => result.status === 'rejected');
  if (failure) throw failure.reason;
  const outcomes = settled.map((result) => (result.status === 'fulfilled' ? result.value : undefined));
  return {
    known: step.toolCalls.every(
      (call, index) => known.get(call.toolCallId)?.outcome ?? refusalOf(call, index, deps.toolCallsPerStep),
    ),
    asking: step.toolCalls.filter((_, index) => outcomes[index] === undefined),
    answered: step.toolCalls.flatMap((call, index) => {
      const outcome = outcomes[index];
      if (!outcome) return [];
      const neutral = index >= deps.toolCallsPerStep || isUnknown(outcome);
      return [{ ...call, outcome, ...(neutral ? { neutral } : {}) }];
    }),
  };
}

interface Work {
  deps: CallDeps;
  run: Run;
  agent: Agent;
  slack: () => Promise<SlackApi>;
  budget: ResultBudget;
  room: AttachmentRoom;
}

/** What of the turn's attachments its calls may still add; those of this step may not be committed yet. */
function roomOf({ limits }: CallDeps, { turn }: Run, known: ReadonlyMap<string, StoredCall>): AttachmentRoom {
  const former = [...known.values()];
  const { attachments = turn.attachments ?? [] } = attachmentsWith(turn, former);
  return { left: limits.attachmentsPerTurn - attachments.length };
}

/** What the step's results have room for; those of a run before this one have taken theirs. */
function budgetOf(deps: CallDeps, step: StepRecord, known: ReadonlyMap<string, StoredCall>): ResultBudget {
  const calls = Math.min(step.toolCalls.length, deps.toolCallsPerStep);
  const budget = createResultBudget(calls, deps.contextTokens);
  for (const { outcome } of known.values())
    if (outcome?.kind === 'output') budget.take(outputBytes(outcome.value));
  return budget;
}

const isUnknown = (outcome: CallOutcome): boolean =>
  outcome.kind === 'error' && outcome.text === UNKNOWN.text;

/** One call that has no outcome yet; undefined when a person must decide first. */
async function answer(
  work: Work,
  owned: OwnedCall,
  stored: CallRecord | undefined,
  decisions: ReadonlyMap<string, Decision>,
): Promise<CallOutcome | undefined> {
  const { deps, agent } = work;
  const { call } = owned;
  const tool = agent.tools.find(({ name }) => name === call.toolName);
  if (!tool) return { kind: 'error', text: `There is no tool named ${call.toolName}.` };
  if (stored && !tool.idempotent && tool.effect !== 'read') return recordUnknown(deps, owned, UNKNOWN);
  if (!stored && needsApproval(agent, tool)) {
    const decision = decisions.get(call.toolCallId);
    if (!decision) return undefined;
    if (decision.answer === 'denied') return recordOutcome(deps, owned, denialOf(decision));
  }
  return execute(work, owned, tool, stored);
}

async function execute(
  { deps, run, slack, budget, room }: Work,
  owned: OwnedCall,
  tool: AnyTool,
  stored: CallRecord | undefined,
): Promise<CallOutcome> {
  // All that can fail without an effect comes before the intent: from there on the outcome may be unknown.
  const { turnId, sessionId } = run.turn;
  const place = { sessionId, turnId, fence: owned.fence, toolCallId: owned.call.toolCallId };
  const gathered = gatherAttachments({ bodies: deps.bodies, ...place, room, ...deps.limits });
  const context = toolContext(deps.now, run, owned.call, await slack(), gathered);
  throwIfBroken(run);
  await recordIntent(deps, owned, stored);
  if (isBroken(run)) {
    // Nothing has happened yet, and that is known only here.
    await withdrawIntent(deps, owned);
    throwIfBroken(run);
  }
  const outcome = await runTool(tool, owned.call.input, context);
  // A run that broke ended the tool for reasons of its own: what the tool said then is no result, and the next
  // run decides by what kind of tool it is.
  throwIfBroken(run);
  const attachments = await gathered.close(outcome.kind === 'output');
  const kept = await keepOutput(deps.bodies, budget, place, outcome);
  return recordOutcome(
    deps,
    owned,
    kept.kind === 'output' && attachments.length > 0 ? { ...kept, attachments } : kept,
  );
}

/** Whether the run was aborted by anything but a person's stop. */
function isBroken({ signal }: Run): boolean {
  const reason: unknown = signal.reason;
  return signal.aborted && !(reason instanceof RunAbort && reason.abortCause === 'stop');
}

function throwIfBroken(run: Run): void {
  if (isBroken(run)) throw run.signal.reason;
}

/** Calls that cannot run at all are answered to the model; they leave no record, since nothing happened. */
function refusalOf(call: StepToolCall, index: number, limit: number): CallOutcome | undefined {
  if (index >= limit)
    return { kind: 'error', text: `At most ${limit} calls fit into one step; ask for this one again.` };
  return call.invalid ? { kind: 'error', text: call.invalid } : undefined;
}

/** What the model is told of calls that nobody decided about any more. */
export function stoppedCalls(calls: readonly StepToolCall[]): AnsweredCall[] {
  return calls.map((call) => ({
    ...call,
    outcome: { kind: 'denied', reason: 'The turn was stopped. It was not done.' },
    neutral: true,
  }));
}

function denialOf(decision: Decision): CallOutcome {
  if (decision.cause === 'expiry') return { kind: 'denied', reason: 'Nobody approved it in time.' };
  if (decision.cause === 'stop') return { kind: 'denied', reason: 'The turn was stopped.' };
  return {
    kind: 'denied',
    reason: `<@${decision.by}> denied it.`,
    ...(decision.reason ? { quote: decision.reason } : {}),
  };
}
