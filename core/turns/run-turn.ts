import type { ModelMessage } from 'ai';
import { type Agent, situationOf } from '../agents/define-agent.ts';
import type { FindInstallation } from '../installations/record.ts';
import type { Log } from '../log.ts';
import type { CallModel } from '../models/contract.ts';
import { toModelMessages } from '../models/messages.ts';
import { withWholeReasons } from '../pauses/reason.ts';
import type { Decision } from '../pauses/record.ts';
import { loadPause } from '../pauses/store.ts';
import type { SendWake } from '../relay/wake.ts';
import { loadMessages } from '../sessions/messages.ts';
import type { Limits } from '../settings.ts';
import type { ConnectSlack } from '../slack/api.ts';
import type { Bodies } from '../store/bodies.ts';
import type { Store } from '../store/store.ts';
import { beginTurn } from './begin.ts';
import type { Executions } from './executions.ts';
import { finishTurn } from './leave-run.ts';
import type { RunInput, RunRoute, StepRecord, TurnRecord } from './record.ts';
import { Run, RunAbort, TurnLostError } from './run.ts';
import { loadStep } from './step-commit.ts';
import { workThroughSteps } from './steps.ts';

export interface RunDeps {
  store: Store;
  bodies: Bodies;
  now: () => number;
  limits: Limits;
  agents: readonly Agent[];
  /** The settings' model, for agents that name none. */
  model: string;
  callModel: CallModel;
  sendWake: SendWake;
  executions: Executions;
  findInstallation: FindInstallation;
  connectSlack: ConnectSlack;
  log: Log;
  /** Milliseconds until the function is ended. */
  remainingMs: () => number;
}

/** What the loop works on: the owned turn, its agent, the conversation so far and the step that is open. */
export interface RunState {
  run: Run;
  agent: Agent;
  messages: ModelMessage[];
  instructions: string;
  open: StepRecord | undefined;
  decisions: Map<string, Decision>;
  /** The run before this one broke off. */
  recovered: boolean;
}

/**
 * One invocation of a turn: takes it, works through as many steps as its time allows and answers where the state
 * machine goes next. A crash at any point is followed by another invocation, which goes on behind the last
 * commit: no committed step is repeated and no tool that ran runs again.
 *
 * @throws what should make the state machine try again: failed writes, and errors that nobody foresaw
 */
export async function runTurn(deps: RunDeps, input: RunInput): Promise<RunRoute> {
  const begun = await beginTurn(deps, input);
  if ('route' in begun) return begun.route;
  const run = new Run(deps, begun.turn);
  try {
    const { turn } = begun;
    if (turn.fence === 1) run.emit([{ type: 'start', messageId: turn.turnId }]);
    if (begun.resumed && turn.pauseId)
      run.emit([{ type: 'data-resume', data: { pauseId: turn.pauseId } }], true);
    const agent = deps.agents.find(({ name }) => name === turn.agent);
    const broken = (turn.crashes ?? 0) > CRASHES;
    const leaving =
      agent && !broken
        ? await workThroughSteps(deps, await loadState(deps, run, agent, begun.recovered))
        : await finishTurn(deps, run, {
            state: 'failed',
            reason: broken ? BROKEN : withoutAgent(turn.agent),
          });
    return { v: 1, turnId: input.turnId, epoch: input.epoch, ...leaving };
  } catch (error) {
    const cause = error instanceof RunAbort ? (error.cause ?? error) : error;
    if (!(cause instanceof TurnLostError)) throw cause;
    deps.log.warn('the turn was taken or ended by somebody else: this run leaves', { turnId: input.turnId });
    return { v: 1, turnId: input.turnId, epoch: input.epoch, route: 'done' };
  } finally {
    await run.close();
  }
}

/**
 * A step whose runs broke off this often will not get through. The count is the turn's own: the state machine's
 * retries begin anew with each `backoff` in between.
 */
const CRASHES = 5;
const BROKEN = 'Something broke each time I worked on this, so I gave up. Please ask again.';

const withoutAgent = (name: string): string =>
  `The agent “${name}” is no longer part of this app. Its administrator can bring it back under that name.`;

async function loadState(deps: RunDeps, run: Run, agent: Agent, recovered: boolean): Promise<RunState> {
  const { turn } = run;
  const [records, open, decisions] = await Promise.all([
    loadMessages(deps.store, deps.bodies, turn.sessionId),
    turn.openStep === undefined ? undefined : loadStep(deps, turn.turnId, turn.openStep),
    decisionsOf(deps, turn),
  ]);
  return {
    run,
    agent,
    // The open step's calls are answered below; until then the answer's message stands alone.
    messages: toModelMessages(records, {
      openCalls: new Set(open?.toolCalls.map((call) => call.toolCallId)),
    }),
    instructions: `${agent.instructions}\n\n${situationOf(turn)}`,
    open,
    decisions,
    recovered,
  };
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
