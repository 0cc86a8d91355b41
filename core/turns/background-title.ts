import { giveTitle } from '../titles/give-title.ts';
import type { RunDeps, RunState } from './run-state.ts';
import { noteUsage } from './usage.ts';

/** A title is worth this long a wait behind a turn's end, which itself has come by then; no session waits for it. */
const WAIT_MS = 10_000;
/** Where the state machine has to go on, a later run makes it. */
const SHORT_WAIT_MS = 500;

/** A title that is being made beside a turn. */
export interface BackgroundTitle {
  /**
   * Resolves when it is done or has been waited for long enough; never rejects.
   *
   * @param ended whether the turn has ended: otherwise people wait for what comes next
   */
  settled(ended: boolean): Promise<void>;
}

/**
 * Begins a title for a session that has none, beside a turn's run (capability 54).
 *
 * @returns undefined where there is nothing to do
 */
export function beginTitle(deps: RunDeps, state: RunState): BackgroundTitle | undefined {
  const { run, session, conversation } = state;
  const { turn } = run;
  const text = conversation.records.find(({ post }) => post)?.post?.text;
  if (session.title || !text || deps.titleModel === 'none') return undefined;
  const controller = new AbortController();
  const model = deps.titleModel ? { model: deps.titleModel } : { model: state.choice.model };
  const done = giveTitle(deps, { turn, text, model, signal: controller.signal })
    .then(async ({ title, usage }) => {
      if (usage)
        noteUsage(run, { kind: 'title', step: turn.step, attempt: 1, model: model.model, usage }, deps.now());
      if (!title) return;
      run.emit([{ type: 'data-title', data: { title } }]);
      // The log may be at its end by now, and a relay that shows only the answer does not read it before.
      await deps.sendWake({ v: 1, kind: 'flush', turnId: turn.turnId, title: { text: title } }, 0);
    })
    .catch((error: unknown) =>
      deps.log.warn('a title was not stored or not told', { turnId: turn.turnId, error }),
    );
  return {
    async settled(ended) {
      await within(ended ? WAIT_MS : SHORT_WAIT_MS, done);
      controller.abort(new Error('The title took too long.'));
      // One that was stored a moment ago is still told.
      await within(SHORT_WAIT_MS, done);
    },
  };
}

async function within(ms: number, done: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([done, late]);
  clearTimeout(timer);
}
