import { expect, test } from 'vitest';
import { z } from 'zod';
import { defineAgent } from '../agents/define-agent.ts';
import { withBuiltInTools } from './built-in-tools.ts';
import { defineTool, type ToolContext } from './define-tool.ts';
import { outputKey, readOutputTool } from './read-output.ts';
import { resultLimitBytes } from './result-limits.ts';
import { runTool } from './run-tool.ts';

const REF = 't1/3-call_1';
const text = Array.from({ length: 20_000 }, (_, n) => `line ${n}\n`).join('');

function bodiesWith(stored: Record<string, unknown>) {
  return {
    get: async (key: string) => {
      if (key in stored) return stored[key];
      throw Object.assign(new Error('No such key.'), { name: 'NoSuchKey' });
    },
  };
}

function context(sessionId = 's1'): ToolContext {
  const unused = () => Promise.reject(new Error('not used'));
  return {
    idempotencyKey: 'k1',
    signal: new AbortController().signal,
    session: { sessionId, turnId: 't2', channel: 'C1', threadTs: '1.0' },
    requester: { userId: 'U1', teamId: 'T1' },
    slack: { call: unused },
    attach: unused,
    now: () => 0,
  };
}

const bodies = bodiesWith({ [outputKey('s1', REF)]: text });

async function read(input: unknown, sessionId?: string): Promise<string> {
  const outcome = await runTool(readOutputTool({ bodies }), input, context(sessionId));
  return outcome.kind === 'output' ? String(outcome.value) : outcome.kind === 'error' ? outcome.text : '';
}

test('58 reads on from where a part ended, to the end', async () => {
  let whole = '';
  let offset = 0;
  for (let parts = 0; parts < 20; parts++) {
    const [heading = '', ...lines] = (await read({ ref: REF, offset })).split('\n');
    whole += lines.join('\n');
    const next = /^\[Bytes (\d+) to (\d+) of (\d+); go on with offset (\d+)\.\]$/.exec(heading);
    if (!next) {
      expect(heading).toMatch(/; this is its end\.\]$/);
      break;
    }
    expect([Number(next[1]), next[4]]).toEqual([offset, next[2]]);
    offset = Number(next[4]);
  }
  expect(whole).toBe(text);
});

test('58 a part is never longer than one result may be', async () => {
  const part = await read({ ref: REF, length: 1_000_000 });
  expect(Buffer.byteLength(part)).toBeLessThanOrEqual(resultLimitBytes());
  expect(Buffer.byteLength(part)).toBeGreaterThan(resultLimitBytes() - 512);
});

test('behind the end there is nothing, and it says so', async () => {
  expect(await read({ ref: REF, offset: 9_999_999 })).toMatch(/^\[This result has \d+ bytes/);
});

test.each([
  ['a ref of another conversation', REF, 's2'],
  ['a ref that was never given', 't1/3-other', 's1'],
  ['a path', '../s1/t1/3-call_1', 's2'],
  ['another kind of body', '../../sessions/s1/4-t1-1', 's1'],
])('58 %s is refused as unknown', async (_name, ref, sessionId) => {
  expect(await read({ ref }, sessionId)).toMatch(/there is no stored result “.*” in this conversation/);
});

test('a bucket that cannot be asked is another error', async () => {
  const failing = { ...bodies, get: () => Promise.reject(new Error('Please reduce your request rate.')) };
  const outcome = await runTool(readOutputTool({ bodies: failing }), { ref: REF }, context());
  expect(outcome).toEqual({ kind: 'error', text: 'read_output failed: Please reduce your request rate.' });
});

const look = defineTool({
  name: 'look',
  description: 'Looks.',
  input: z.object({}),
  effect: 'read',
  run: async () => 'seen',
});
const agentWith = (tools: Parameters<typeof defineAgent>[0]['tools']) =>
  defineAgent({ name: 'assistant', instructions: 'Help.', tools });

test('58 every agent that has tools has read_output, behind its own and always in the same place', () => {
  const agent = withBuiltInTools(agentWith([look]), { bodies });
  expect(agent.tools.map(({ name }) => name)).toEqual(['look', 'read_output']);
  expect(agent.digest).toBe(agentWith([look]).digest);
  expect(withBuiltInTools(agentWith([]), { bodies }).tools).toEqual([]);
});

test('no agent may take the name', () => {
  const taken = { name: 'read_output', description: 'Mine.', input: z.object({}), effect: 'read' } as const;
  expect(() => defineTool({ ...taken, run: async () => '' })).toThrow(/every agent has a tool of that name/);
});
