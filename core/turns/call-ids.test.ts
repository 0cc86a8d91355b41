import type { ModelMessage } from 'ai';
import { expect, it } from 'vitest';
import type { ModelAnswer } from '../models/contract.ts';
import { uniqueCallIds } from './call-ids.ts';

const calling = (id: string): ModelMessage => ({
  role: 'assistant',
  content: [{ type: 'tool-call', toolCallId: id, toolName: 'read_thread', input: {} }],
});
const answer = (id: string): ModelAnswer => ({
  messages: [calling(id)],
  text: '',
  toolCalls: [{ toolCallId: id, toolName: 'read_thread', input: {} }],
  finishReason: 'tool-calls',
  usage: { inputTokens: 1, outputTokens: 1 },
});

it('keeps ids that are new', () => {
  const given = answer('call_1');
  expect(uniqueCallIds(given, [calling('call_0')], { step: 1 })).toBe(given);
});

it('renames an id that an earlier step used, in call and message alike', () => {
  const { toolCalls, messages } = uniqueCallIds(answer('call_0'), [calling('call_0')], { step: 3 });
  const renamed = toolCalls[0]?.toolCallId;
  expect(renamed).toMatch(/^call_0-3-/);
  expect(messages[0]?.content).toEqual([
    { type: 'tool-call', toolCallId: renamed, toolName: 'read_thread', input: {} },
  ]);
});

it('tells two calls of one answer apart that came with one id', () => {
  const part = { type: 'tool-call' as const, toolCallId: 'call_0', toolName: 'read_thread', input: {} };
  const doubled: ModelAnswer = {
    ...answer('call_0'),
    messages: [{ role: 'assistant', content: [part, part] }],
    toolCalls: [
      { toolCallId: 'call_0', toolName: 'read_thread', input: {} },
      { toolCallId: 'call_0', toolName: 'read_thread', input: {} },
    ],
  };
  const { toolCalls, messages } = uniqueCallIds(doubled, [], { step: 0 });
  expect(toolCalls.map((call) => call.toolCallId)).toEqual(['call_0', 'call_0-0-1']);
  expect(messages[0]?.content).toMatchObject([{ toolCallId: 'call_0' }, { toolCallId: 'call_0-0-1' }]);
});

it('renames all behind a summary: what it stands for may have used them', () => {
  const { toolCalls } = uniqueCallIds(answer('call_0'), [], { step: 3, compactions: 1 });
  expect(toolCalls.map(({ toolCallId }) => toolCallId)).toEqual(['call_0-3-0']);
});
