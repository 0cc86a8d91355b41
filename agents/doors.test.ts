import { expect, it } from 'vitest';
import { doors } from './doors.ts';
import { agents } from './index.ts';

it('agents and doors name the same agents in the same order: the first takes every new thread', () => {
  expect(doors.map(({ agent }) => agent)).toEqual(agents.map(({ name }) => name));
});
