import { type Agent, situationOf } from '../agents/define-agent.ts';
import type { FindInstallation } from '../installations/record.ts';
import type { Log } from '../log.ts';
import type { CallModel } from '../models/contract.ts';
import type { ModelChoice } from '../models/model-choice.ts';
import { type ModelFacts, type ModelSettings, modelFactsOf } from '../models/model-table.ts';
import { withWholeReasons } from '../pauses/reason.ts';
import type { Decision } from '../pauses/record.ts';
import { loadPause } from '../pauses/store.ts';
import type { SendWake } from '../relay/wakes/wake.ts';
import { loadHistory } from '../sessions/history.ts';
import type { SessionRecord } from '../sessions/record.ts';
import type { Limits } from '../settings.ts';
import type { ConnectSlackClient } from '../slack/api.ts';
import type { Bodies } from '../store/bodies.ts';
import { keys } from '../store/keys.ts';
import type { Store } from '../store/store.ts';
import { withBuiltInTools } from '../tools/built-in-tools.ts';
import { Conversation } from './conversation.ts';
import type { Executions } from './executions.ts';
import type { StepRecord, TurnRecord } from './record.ts';
import type { Run } from './run.ts';
import { loadStep } from './step-commit.ts';
import { withStoredResults } from './stored-results.ts';
import { takeFiles } from './take-files.ts';

export interface RunDeps {
  store: Store;
  bodies: Bodies;
  now: () => number;
  limits: Limits;
  agents: readonly Agent[];
  /** The settings' model, for agents that name none. */
  model: string;
  /** Facts of models over the built-in table. */
  models: ModelSettings;
  /** Who writes titles (`none`: nobody does) and summaries; the turn's own model by default. */
  titleModel?: string;
  compactionModel?: string;
  /** Whether an agent takes up messages that come while it works, by its name. */
  takesFollowUps: (agent: string) => boolean;
  callModel: CallModel;
  sendWake: SendWake;
  executions: Executions;
  findInstallation: FindInstallation;
  connectSlack: ConnectSlackClient;
  log: Log;
  /** Milliseconds until the function is ended. */
  remainingMs: () => number;
}

/** What the loop works on: the owned turn, its agent and model, the conversation so far and the step that is open. */
export interface RunState {
  run: Run;
  agent: Agent;
  choice: ModelChoice;
  facts: Partial<ModelFacts>;
  conversation: Conversation;
  instructions: string;
  open: StepRecord | undefined;
  /** The open step was committed by this very run. */
  fresh: boolean;
  decisions: Map<string, Decision>;
  /** The run before this one broke off. */
  recovered: boolean;
  /** How full the model's context is, tokens, as far as is known. */
  contextTokens: number;
  /** A summary that nobody needed yet could not be made in this run. */
  summaryFailed: boolean;
  session: SessionRecord;
}

/** Reads what a run needs: the session, its history from the last checkpoint on, files, the open step, decisions. */
export async function loadState(
  deps: RunDeps,
  run: Run,
  named: Agent,
  recovered: boolean,
): Promise<RunState> {
  const { turn } = run;
  const session = await deps.store.get<SessionRecord>(keys.session(turn.sessionId));
  if (!session) throw new Error(`Session ${turn.sessionId} of turn ${turn.turnId} is gone.`);
  const choice = choiceOf(deps, turn, named);
  const facts = modelFactsOf(choice.model, deps.models);
  const agent = withBuiltInTools(named, { bodies: deps.bodies, contextTokens: facts.contextTokens });
  const [history, open, decisions] = await Promise.all([
    loadHistory(deps, turn.sessionId, turn.checkpoint ?? session.checkpoint),
    turn.openStep === undefined ? undefined : loadStep(deps, turn.turnId, turn.openStep),
    decisionsOf(deps, turn),
  ]);
  const openCalls = new Set(open?.toolCalls.map((call) => call.toolCallId));
  const records = await withStoredResults(deps, history, openCalls);
  return {
    run,
    agent,
    choice,
    facts,
    conversation: new Conversation(
      records,
      await takeFiles(deps, run, { ...facts, model: choice.model }, records, recovered),
      // The open step's calls are answered below; until then the answer's message stands alone.
      openCalls,
    ),
    instructions: `${agent.instructions}\n\n${situationOf(turn)}`,
    open,
    fresh: false,
    decisions,
    recovered,
    contextTokens: turn.contextTokens ?? session.contextTokens ?? 0,
    summaryFailed: false,
    session,
  };
}

/** Whom a turn's run asks: what a setting chose, else its agent's model, else the settings'. */
export function choiceOf(
  { model: fallback }: Pick<RunDeps, 'model'>,
  turn: Pick<TurnRecord, 'model'>,
  { model, effort }: Agent,
): ModelChoice {
  return turn.model ?? { model: model ?? fallback, ...(effort ? { effort } : {}) };
}

/** What people decided about the open step's calls; the pause stays named until the step's results are stored. */
async function decisionsOf(deps: RunDeps, turn: TurnRecord): Promise<Map<string, Decision>> {
  const pause = turn.pauseId ? await loadPause(deps.store, turn.pauseId) : undefined;
  if (!pause) return new Map();
  const { rows } = await withWholeReasons(deps.store, pause);
  return new Map(
    rows.flatMap(({ toolCallId, decision }) => (decision ? [[toolCallId, decision] as const] : [])),
  );
}
