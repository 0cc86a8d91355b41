import type { Random } from './random.ts';

/**
 * What a call of the soak does. `note` has an effect that must not be had twice, `announce` has one and asks first,
 * `look` reads, `fail` throws, `linger` takes a while.
 */
export type SoakTool = 'note' | 'announce' | 'look' | 'fail' | 'linger';

/** What a turn of the soak is to do: its steps, each with the tools that it calls at once, and then an answer. */
export interface TurnPlan {
  /** The same in no two turns of a soak. */
  id: string;
  steps: SoakTool[][];
}

/** @param asking whether tools that ask people are among them */
export function planTurn(random: Random, id: string, asking: boolean): TurnPlan {
  const tools: [SoakTool, ...SoakTool[]] = ['note', 'note', 'look', 'look', 'fail', 'linger'];
  if (asking) tools.push('announce');
  const steps = Array.from({ length: random.between(0, 4) }, () =>
    Array.from({ length: random.between(1, 3) }, () => random.pick(tools)),
  );
  return { id, steps };
}

/** A plan as a person writes it: the model and the tools of the soak know nothing else of it. */
export function requestOf({ id, steps }: TurnPlan): string {
  return `soak ${id}: ${steps.map((tools) => tools.join('+')).join(', ') || 'nothing'}.`;
}

/** Reads a plan from what a person wrote. @returns undefined when it is none */
export function planOf(text: string): TurnPlan | undefined {
  const [, id, steps] = /\bsoak (\w+): ([a-z+, ]+)\./.exec(text) ?? [];
  if (id === undefined || steps === undefined) return undefined;
  return {
    id,
    steps: steps === 'nothing' ? [] : steps.split(', ').map((tools) => tools.split('+') as SoakTool[]),
  };
}

/** Names a call by its place in the plan, whatever id the model gave it. */
export const callName = (id: string, step: number, index: number): string => `${id}-${step}-${index}`;

/** How every answer ends, and nothing else does. */
export const lastSentence = (id: string): string => `This is the end of answer ${id}.`;

/** An answer long enough to break off in. */
export function answerOf(id: string): string {
  return `I begin answer ${id}. It has a few sentences, so that a connection can break in the middle of it. ${lastSentence(id)}`;
}
