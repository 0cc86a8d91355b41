import { type BackgroundTitle, beginTitle } from './background-title.ts';
import { beginTurn } from './begin.ts';
import { compactTurn } from './compact-history.ts';
import { closeTurn, finishTurn, type Leaving } from './leave-run.ts';
import type { RunInput, RunRoute } from './record.ts';
import { Run, RunAbort, TurnLostError } from './run.ts';
import { loadState, type RunDeps } from './run-state.ts';
import { workThroughSteps } from './steps.ts';

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
  const background: { title?: BackgroundTitle } = {};
  let ended = false;
  try {
    const { turn } = begun;
    if (turn.fence === 1) run.emit([{ type: 'start', messageId: turn.turnId }]);
    if (begun.resumed && turn.pauseId)
      run.emit([{ type: 'data-resume', data: { pauseId: turn.pauseId } }], true);
    const leaving = await work(deps, run, begun.recovered, background);
    ended = leaving.route === 'done' || leaving.route === 'failed';
    return { v: 1, turnId: input.turnId, epoch: input.epoch, ...leaving };
  } catch (error) {
    const cause = error instanceof RunAbort ? (error.cause ?? error) : error;
    if (!(cause instanceof TurnLostError)) throw cause;
    deps.log.warn('the turn was taken or ended by somebody else: this run leaves', { turnId: input.turnId });
    return { v: 1, turnId: input.turnId, epoch: input.epoch, route: 'done' };
  } finally {
    await background.title?.settled(ended);
    await run.close();
  }
}

async function work(
  deps: RunDeps,
  run: Run,
  recovered: boolean,
  background: { title?: BackgroundTitle },
): Promise<Leaving> {
  const { turn } = run;
  // The run before broke off behind the last answer; the next turn summarises what was to be summarised.
  if (turn.ending) return closeTurn(deps, run, turn.ending, {}, []);
  const agent = deps.agents.find(({ name }) => name === turn.agent);
  if (!agent) return finishTurn(deps, run, { state: 'failed', reason: withoutAgent(turn.agent) });
  if ((turn.crashes ?? 0) > CRASHES) return finishTurn(deps, run, { state: 'failed', reason: BROKEN });
  const state = await loadState(deps, run, agent, recovered);
  if (turn.kind === 'compaction') return compactTurn(deps, state);
  const title = beginTitle(deps, state);
  if (title) background.title = title;
  return workThroughSteps(deps, state);
}

/**
 * A step whose runs broke off this often will not get through. The count is the turn's own: the state machine's
 * retries begin anew with each `backoff` in between.
 */
const CRASHES = 5;
const BROKEN = 'Something broke each time I worked on this, so I gave up. Please ask again.';

const withoutAgent = (name: string): string =>
  `The agent “${name}” is no longer part of this app. Its administrator can bring it back under that name.`;
