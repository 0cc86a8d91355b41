import { shownValue } from '../stream/chunk-item.ts';
import type { StepRecord } from './record.ts';
import type { Run } from './run.ts';
import type { RunState } from './run-state.ts';

/**
 * What a run shows that follows a broken one: the open step's calls, which may not have been shown, or that an
 * answer begins anew whose beginning people may have seen.
 */
export function showRecovery(state: RunState, now: number): void {
  if (state.open) showCalls(state, state.open);
  else showRestart(state.run, now);
}

/** An answer begins anew whose beginning people may have seen. */
export function showRestart(run: Run, now: number): void {
  const data = {
    attempt: run.turn.attempts + 1,
    error: 'I was interrupted and begin this answer again.',
    delayMs: 0,
    retryingAt: now,
  };
  run.emit([{ type: 'data-retry', data }], true);
}

/** A step's calls, as cards. */
export function showCalls({ run, agent }: RunState, step: StepRecord): void {
  for (const { toolCallId, toolName, input } of step.toolCalls) {
    const title = agent.tools.find((tool) => tool.name === toolName)?.title;
    run.emit(
      [
        {
          type: 'tool-input-available',
          toolCallId,
          toolName,
          input: shownValue(input),
          ...(title ? { title } : {}),
        },
      ],
      true,
    );
  }
}
