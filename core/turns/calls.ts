import type { Agent } from '../agents/define-agent.ts';
import type { FindInstallation } from '../installations/record.ts';
import type { Decision } from '../pauses/record.ts';
import { type ConnectSlack, type SlackApi, SlackCallError } from '../slack/api.ts';
import { ConditionFailedError } from '../store/errors.ts';
import { keys } from '../store/keys.ts';
import { absent, type Store } from '../store/store.ts';
import type { StreamChunk } from '../stream/chunks.ts';
import { needsApproval } from '../tools/approval.ts';
import type { AnyTool, ToolContext } from '../tools/define-tool.ts';
import { runTool } from '../tools/run-tool.ts';
import type { CallOutcome, CallRecord, StepRecord, StepToolCall } from './record.ts';
import type { Run } from './run.ts';

export interface CallDeps {
  store: Store;
  now: () => number;
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

/** Either every call of the step has its outcome, or some wait for a person. */
export type CallsResult =
  | { kind: 'answered'; calls: AnsweredCall[] }
  | { kind: 'asking'; calls: StepToolCall[] };

const UNKNOWN =
  'The outcome of this call is unknown: it was started, and the run ended before its result was stored. It was not run again. Tell the person, and check before you repeat it.';

/**
 * Answers all calls of a step: those that may run, run together, each with an intent record before and a result
 * record after; one that was started by a former run and has no result is not run again unless it is a read or
 * declared idempotent (rule 4, case K-45). Results come in call order and are shown as each is there (K-14).
 *
 * @param decisions what people decided about calls of this step, by tool call id
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
  const open: StepToolCall[] = [];
  const jobs = step.toolCalls.map((call, index): Promise<CallOutcome> | undefined => {
    const stored = known.get(call.toolCallId);
    if (stored?.outcome) return Promise.resolve(stored.outcome);
    const refused = refusalOf(call, index, agent, deps.toolCallsPerStep);
    if (refused) return Promise.resolve(refused);
    const tool = agent.tools.find((candidate) => candidate.name === call.toolName);
    if (!tool) return Promise.resolve({ kind: 'error', text: `There is no tool named ${call.toolName}.` });
    const decision = decisions.get(call.toolCallId);
    if (needsApproval(agent, tool) && !stored) {
      if (!decision) {
        open.push(call);
        return undefined;
      }
      if (decision.answer === 'denied') return recordOutcome(deps, run, step, call, denialOf(decision));
    }
    return stored && !tool.idempotent && tool.effect !== 'read'
      ? recordOutcome(deps, run, step, call, { kind: 'error', text: UNKNOWN }, 'unknown')
      : execute(deps, run, step, call, tool, stored, slack);
  });
  const outcomes = await Promise.all(
    jobs.map(async (job, index) => {
      const outcome = await job;
      const call = step.toolCalls[index];
      const shown = call && known.get(call.toolCallId)?.outcome && !deps.showStored;
      if (outcome && call && !shown) run.emit([outcomeChunk(call.toolCallId, outcome)], true);
      return outcome;
    }),
  );
  if (open.length > 0) return { kind: 'asking', calls: open };
  return {
    kind: 'answered',
    calls: step.toolCalls.flatMap(({ toolCallId, toolName }, index) => {
      const outcome = outcomes[index];
      return outcome ? [{ toolCallId, toolName, outcome }] : [];
    }),
  };
}

async function storedCalls(deps: CallDeps, step: StepRecord): Promise<Map<string, CallRecord>> {
  const records = await deps.store.query<CallRecord>({ pk: keys.turn(step.turnId).pk, prefix: 'CALL#' });
  return new Map(records.filter((call) => call.step === step.step).map((call) => [call.toolCallId, call]));
}

/** Calls that cannot run at all are answered to the model; they leave no record, since nothing happened. */
function refusalOf(call: StepToolCall, index: number, agent: Agent, limit: number): CallOutcome | undefined {
  if (index >= limit)
    return { kind: 'error', text: `At most ${limit} calls fit into one step; ask for this one again.` };
  if (call.invalid) return { kind: 'error', text: call.invalid };
  if (!agent.tools.some((tool) => tool.name === call.toolName))
    return { kind: 'error', text: `There is no tool named ${call.toolName}.` };
  return undefined;
}

function denialOf(decision: Decision): CallOutcome {
  if (decision.cause === 'expiry')
    return { kind: 'denied', reason: 'Nobody approved it in time. It was not done.' };
  if (decision.cause === 'stop') return { kind: 'denied', reason: 'The turn was stopped. It was not done.' };
  return {
    kind: 'denied',
    reason: `<@${decision.by}> denied it${decision.reason ? `: ${decision.reason}` : ''}. It was not done.`,
  };
}

async function execute(
  deps: CallDeps,
  run: Run,
  step: StepRecord,
  call: StepToolCall,
  tool: AnyTool,
  stored: CallRecord | undefined,
  slack: () => Promise<SlackApi>,
): Promise<CallOutcome> {
  const { turnId } = step;
  const key = keys.call(turnId, call.toolCallId);
  // All that can fail without an effect comes before the intent: from there on the outcome may be unknown.
  const context = toolContext(deps, run, call, await slack());
  const intent: CallRecord = {
    v: 1,
    turnId,
    step: step.step,
    toolCallId: call.toolCallId,
    toolName: call.toolName,
    fence: run.turn.fence,
    status: 'intent',
    at: deps.now(),
  };
  try {
    await deps.store.put(
      { ...key, ...intent },
      stored ? { expression: '#fence = :former', values: { ':former': stored.fence } } : absent,
    );
  } catch (error) {
    // Another run of this turn was faster: the call is its own, and this run will find itself fenced off.
    if (error instanceof ConditionFailedError) return { kind: 'error', text: UNKNOWN };
    throw error;
  }
  const outcome = await runTool(tool, call.input, context);
  return recordOutcome(deps, run, step, call, outcome);
}

async function recordOutcome(
  deps: CallDeps,
  run: Run,
  step: StepRecord,
  call: StepToolCall,
  outcome: CallOutcome,
  status: 'result' | 'unknown' = 'result',
): Promise<CallOutcome> {
  const record: CallRecord = {
    v: 1,
    turnId: step.turnId,
    step: step.step,
    toolCallId: call.toolCallId,
    toolName: call.toolName,
    fence: run.turn.fence,
    status,
    outcome,
    at: deps.now(),
  };
  await deps.store.put({ ...keys.call(step.turnId, call.toolCallId), ...record });
  return outcome;
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

function outcomeChunk(toolCallId: string, outcome: CallOutcome): StreamChunk {
  if (outcome.kind === 'output') return { type: 'tool-output-available', toolCallId, output: outcome.value };
  if (outcome.kind === 'error') return { type: 'tool-output-error', toolCallId, errorText: outcome.text };
  return { type: 'tool-output-denied', toolCallId };
}
