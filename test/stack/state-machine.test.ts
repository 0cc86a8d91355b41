import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import validate from 'asl-validator';
import { describe, expect, it } from 'vitest';
import { projectRoot } from '../../local/places.ts';

interface State {
  Type: string;
  Next?: string;
  Default?: string;
  TimeoutSeconds?: unknown;
  Choices?: { Condition: string; Next: string }[];
  Catch?: { Next: string }[];
  Retry?: { ErrorEquals: string[]; IntervalSeconds: number; MaxAttempts: number; MaxDelaySeconds: number }[];
}

const text = readFileSync(join(projectRoot, 'statemachines', 'turn.asl.json'), 'utf8');
const definition: { StartAt: string; TimeoutSeconds: number; States: Record<string, State> } =
  JSON.parse(text);

/** Follows the states as Step Functions counts transitions: each state that is entered is one. */
function transitions(routes: readonly string[]): string[] {
  const entered: string[] = [];
  const left = [...routes];
  let at: string | undefined = definition.StartAt;
  while (at) {
    entered.push(at);
    const state: State | undefined = definition.States[at];
    if (state?.Type === 'Choice') {
      const route = left.shift() ?? '';
      at = state.Choices?.find(({ Condition }) => Condition.includes(`= '${route}'`))?.Next ?? state.Default;
    } else at = state?.Next;
  }
  return entered;
}

describe('the definition', () => {
  it('is valid', () => {
    expect(validate(definition, { checkArn: false })).toMatchObject({ isValid: true, errors: [] });
    const broken = { ...definition, StartAt: 'Nowhere' };
    expect(validate(broken, { checkArn: false }).isValid).toBe(false);
  });

  it.each([
    ['a plain turn', ['done'], 4],
    ['a failed turn', ['failed'], 4],
    ['one pause', ['pause', 'done'], 4 + 3],
    ['one backoff', ['backoff', 'done'], 4 + 3],
    ['one further invocation', ['again', 'done'], 4 + 2],
    [
      'two pauses, a backoff and a further invocation',
      ['pause', 'backoff', 'pause', 'again', 'done'],
      4 + 9 + 2,
    ],
  ])('%s costs at most its share of transitions', (_, routes, most) => {
    const entered = transitions(routes);
    expect(['Done', 'Failed']).toContain(entered.at(-1));
    // The start of an execution is billed as a transition too.
    expect(entered.length + 1).toBeLessThanOrEqual(most);
  });

  it('gives every task a literal timeout and every failure a way to Settle', () => {
    const tasks = Object.entries(definition.States).filter(([, { Type }]) => Type === 'Task');
    expect(tasks.map(([name]) => name)).toEqual(['Run', 'AwaitPause', 'Settle']);
    for (const [name, state] of tasks) {
      expect(typeof state.TimeoutSeconds).toBe('number');
      expect(Number(state.TimeoutSeconds)).toBeLessThan(definition.TimeoutSeconds);
      expect(state.Catch?.map(({ Next }) => Next)).toEqual([name === 'Settle' ? 'Failed' : 'Settle']);
    }
    expect(definition.TimeoutSeconds).toBeLessThanOrEqual(31_536_000);
  });

  it('tries a crashed run again beyond the lease of the crashed one', () => {
    const crash = definition.States.Run?.Retry?.find(({ ErrorEquals }) =>
      ErrorEquals.includes('States.TaskFailed'),
    );
    expect(crash?.ErrorEquals).toContain('States.Timeout');
    const waits = Array.from({ length: crash?.MaxAttempts ?? 0 }, (_, n) =>
      Math.min(crash?.MaxDelaySeconds ?? 0, (crash?.IntervalSeconds ?? 0) * 2 ** n),
    );
    // Full jitter halves them on average; leases last 15 s.
    expect(waits.reduce((sum, wait) => sum + wait, 0) / 2).toBeGreaterThan(60);
  });
});
