import type { Agent } from '../agents/define-agent.ts';
import type { FindInstallation } from '../installations/record.ts';
import type { Decision } from '../pauses/record.ts';
import { type ConnectSlack, type SlackApi, SlackCallError } from '../slack/api.ts';
import { shownValue } from '../stream/chunk-item.ts';
import type { StreamChunk } from '../stream/chunks.ts';
import { needsApproval } from '../tools/approval.ts';
import type { AnyTool, ToolContext } from '../tools/define-tool.ts';
import { runTool } from '../tools/run-tool.ts';
import {
  type CallRecordDeps,
  type OwnedCall,
  outcomeOf,
  recordIntent,
  recordOutcome,
  recordUnknown,
  storedCalls,
  withdrawIntent,
} from './call-records.ts';
import type { CallOutcome, CallRecord, StepRecord, StepToolCall } from './record.ts';
import { type Run, RunAbort } from './run.ts';

export interface CallDeps extends CallRecordDeps {
  findInstallation: FindInstallation;
  connectSlack: ConnectSlack;
  toolCallsPerStep: number;
  /** Whether results that were stored before this run are to be shown again: a crash may have come in between. */
  showStored: boolean;
}

export interface AnsweredCall {
  toolCallId: string;
  toolName: string;
  outcome: CallOutcome;
}

/** What a step's calls came to, in call order, and which of them wait for a person. */
export interface CallsResult {
  answered: AnsweredCall[];
  asking: StepToolCall[];
}

const UNKNOWN: CallOutcome = {
  kind: 'error',
  text: 'The outcome of this call is unknown: it was started, and the run ended before its result was stored. It was not run again. Tell the person, and check before you repeat it.',
};

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
  const known = await storedCalls(deps, step);
  const slack = lazily(() => slackOf(deps, run));
  const settled = await Promise.allSettled(
    step.toolCalls.map(async (call, index) => {
      const stored = known.get(call.toolCallId);
      const former = outcomeOf(stored);
      if (former && !deps.showStored) return former;
      const outcome =
        former ??
        refusalOf(call, index, deps.toolCallsPerStep) ??
        (await answer({ deps, run, agent, slack }, { step, call, fence: run.turn.fence }, stored, decisions));
      if (outcome) run.emit(outcomeChunks(call.toolCallId, outcome), true);
      return outcome;
    }),
  );
  const failure = settled.find((result) => result.status === 'rejected');
  if (failure) throw failure.reason;
  const outcomes = settled.map((result) => (result.status === 'fulfilled' ? result.value : undefined));
  return {
    asking: step.toolCalls.filter((_, index) => outcomes[index] === undefined),
    answered: step.toolCalls.flatMap(({ toolCallId, toolName }, index) => {
      const outcome = outcomes[index];
      return outcome ? [{ toolCallId, toolName, outcome }] : [];
    }),
  };
}

interface Work {
  deps: CallDeps;
  run: Run;
  agent: Agent;
  slack: () => Promise<SlackApi>;
}

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
  { deps, run, slack }: Work,
  owned: OwnedCall,
  tool: AnyTool,
  stored: CallRecord | undefined,
): Promise<CallOutcome> {
  // All that can fail without an effect comes before the intent: from there on the outcome may be unknown.
  const context = toolContext(deps, run, owned.call, await slack());
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
  return recordOutcome(deps, owned, outcome);
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
  return calls.map(({ toolCallId, toolName }) => ({
    toolCallId,
    toolName,
    outcome: { kind: 'denied', reason: 'The turn was stopped. It was not done.' },
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

function toolContext(deps: CallDeps, run: Run, call: StepToolCall, slack: SlackApi): ToolContext {
  const { turnId, sessionId, channel, threadTs, requester } = run.turn;
  return {
    idempotencyKey: `${turnId}.${call.toolCallId}`,
    signal: run.signal,
    session: { sessionId, turnId, channel, threadTs },
    requester,
    slack,
    now: deps.now,
  };
}

/** The workspace's Web API, looked up once for all calls of a step. */
async function slackOf(deps: CallDeps, run: Run): Promise<SlackApi> {
  const installation = await deps.findInstallation(run.turn.appId, run.turn.installationId);
  return installation ? deps.connectSlack(installation.botToken) : disconnected;
}

function lazily<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/** Stands in for a workspace that removed the app: each call says so. */
const disconnected: SlackApi = {
  call: (method) =>
    Promise.reject(new SlackCallError(method, { kind: 'platform', code: 'not_authed', messages: [] })),
};

function outcomeChunks(toolCallId: string, outcome: CallOutcome): StreamChunk[] {
  if (outcome.kind === 'output')
    return [{ type: 'tool-output-available', toolCallId, output: shownValue(outcome.value) }];
  if (outcome.kind === 'error') return [{ type: 'tool-output-error', toolCallId, errorText: outcome.text }];
  const { quote } = outcome;
  return [
    // The protocol's own chunk has no place for a reason.
    ...(quote ? [{ type: 'data-denial', data: { toolCallId, reason: quote } } as const] : []),
    { type: 'tool-output-denied', toolCallId },
  ];
}
