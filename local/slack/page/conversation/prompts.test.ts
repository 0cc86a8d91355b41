import { expect, test } from 'vitest';
import { promptsOf } from './prompts.ts';

const suggestedPrompts = [{ title: 'Time', message: 'what time is it' }];

test.each([
  { given: suggestedPrompts, mention: false, title: 'Time', message: 'what time is it' },
  { given: suggestedPrompts, mention: true, title: 'Time', message: '@app what time is it' },
  { given: [], mention: false, title: 'help', message: 'help' },
  { given: [], mention: true, title: '@app help', message: '@app help' },
])('$given (to be mentioned: $mention) asks "$message"', ({ given, mention, title, message }) => {
  expect(promptsOf({ name: 'app', suggestedPrompts: given }, mention)).toEqual([{ title, message }]);
});
