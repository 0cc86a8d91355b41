import { expect, test } from 'vitest';
import { useAnthropic } from '../../test/support/anthropic-call.ts';
import { stored } from '../../test/support/history.ts';
import type { ModelRequest } from './contract.ts';
import { toolResultMessage } from './messages.ts';

const { replies, call, requests } = useAnthropic();

const withoutMarks = (value: unknown): string =>
  JSON.stringify(value, (key, inner) => (key === 'cache_control' ? undefined : inner));

test('50 each request begins with the one before it, byte for byte, and its entry is marked where that one ended', async () => {
  const messages: ModelRequest['messages'] = [{ role: 'user', content: 'Add up, please.' }];
  for (let step = 0; step < 4; step++) {
    // More calls than the twenty blocks that Anthropic looks back by itself.
    const ids = Array.from({ length: 24 }, (_, index) => `toolu_${step}_${index}`);
    replies.push({
      blocks: ids.map((id) => ({ type: 'tool_use' as const, id, name: 'add', input: { a: step, b: 1 } })),
    });
    const { answer } = await call({ step, messages });
    const outcome = { kind: 'output' as const, value: { sum: step + 1, text: 'ünï' } };
    messages.push(
      ...stored(
        ...answer.messages,
        toolResultMessage(ids.map((toolCallId) => ({ toolCallId, toolName: 'add', outcome }))),
      ),
    );
  }
  for (const [index, request] of requests().entries()) {
    const { system, tools, messages: sent } = request.body;
    const blocks = sent.flatMap(({ content }) => content);
    const marked = blocks.flatMap((block, place) => (block.cache_control ? [place] : []));
    expect(marked).toContain(blocks.length - 1);
    expect(marked.length + 1).toBeLessThanOrEqual(4);
    const next = requests()[index + 1]?.body;
    if (!next) break;
    expect(withoutMarks([next.system, next.tools])).toBe(withoutMarks([system, tools]));
    expect(withoutMarks(next.messages.slice(0, sent.length))).toBe(withoutMarks(sent));
    const nextBlocks = next.messages.flatMap(({ content }) => content);
    expect(nextBlocks[blocks.length - 1]).toHaveProperty('cache_control');
  }
});
