import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  type AnthropicReply,
  type AnthropicRequestBody,
  startAnthropicServer,
} from '../../test/support/anthropic-server.ts';
import { aPost, createTurnWorld } from '../../test/support/turn-world.ts';
import type { WireServer } from '../../test/support/wire-server.ts';
import { defineAgent } from '../agents/define-agent.ts';
import { createCallModel } from '../models/call-model.ts';
import { loadStep } from './step-commit.ts';

let server: WireServer<AnthropicRequestBody>;
let replies: (AnthropicReply | undefined)[];

beforeEach(async () => {
  replies = [];
  server = await startAnthropicServer((index) => replies[index] ?? replies.at(-1) ?? {});
});
afterEach(() => server.close());

/** A turn whose model is behind the server, and how it is run. */
async function aTurn() {
  const world = createTurnWorld();
  const { turnId, sessionId } = await world.admit(aPost({ text: 'find it' }));
  const agent = defineAgent({
    name: 'assistant',
    model: 'anthropic/claude-opus-4-8',
    instructions: 'Help.',
    tools: [],
    webSearch: {},
  });
  const over = {
    agents: [agent],
    callModel: createCallModel({
      now: world.now,
      baseUrls: { anthropic: server.baseUrl },
      secrets: async () => ({ anthropic: 'key' }),
    }),
  };
  return { world, turnId, sessionId, run: (more = {}) => world.run(turnId, 1, { ...over, ...more }) };
}

const search = (id: string) => ({ type: 'search', id, query: 'sluice' }) as const;
const result = (id: string) => ({ type: 'search_result', id, pages: [] }) as const;
const brokenOff: AnthropicReply = {
  blocks: [{ type: 'text', text: 'I look.' }, search('srvtoolu_1')],
  stopReason: 'pause_turn',
};
const found: AnthropicReply = { blocks: [result('srvtoolu_1'), { type: 'text', text: 'Found.' }] };

it.each([
  ['in the same run', false],
  ['in the next one, where the first has no time left', true],
])('46 an answer that its provider broke off is continued as a step of its own, %s', async (_name, late) => {
  replies.push(brokenOff, found);
  const { world, turnId, sessionId, run } = await aTurn();
  if (late) {
    const remainingMs = () => (server.requests.length > 0 ? 100 : 900_000);
    expect(await run({ remainingMs })).toMatchObject({ route: 'again' });
  }
  expect(await run()).toMatchObject({ route: 'done' });
  expect(await world.turn(turnId)).toMatchObject({ state: 'completed', step: 2 });
  expect(server.requests.map(({ body }) => body.messages.map(({ role }) => role))).toEqual([
    ['user'],
    ['user', 'assistant'],
  ]);
  expect(server.requests[1]?.body.messages[1]?.content).toMatchObject([
    { type: 'text', text: 'I look.' },
    { type: 'server_tool_use', id: 'srvtoolu_1' },
  ]);
  expect(await loadStep(world.deps, turnId, 0)).toMatchObject({ finishReason: 'pause', toolCalls: [] });
  expect((await world.messages(sessionId)).map(({ role }) => role)).toEqual([
    'user',
    'assistant',
    'assistant',
  ]);
  const types = (await world.chunks(turnId)).map(({ type }) => type);
  expect(types.filter((type) => /tool|-step|retry/.test(type))).toEqual([
    ...['start-step', 'tool-input-available', 'finish-step'],
    ...['start-step', 'tool-output-available'],
  ]);
});

it('46 a search that is broken off again and again ends, and the answer says so', async () => {
  replies.push({ blocks: [{ type: 'text', text: 'On it.' }], stopReason: 'pause_turn' });
  const { world, turnId, run } = await aTurn();
  expect(await run()).toMatchObject({ route: 'done' });
  expect(server.requests).toHaveLength(6);
  expect((await world.turn(turnId)).end).toMatchObject({
    state: 'completed',
    reason: expect.stringMatching(/broke off its search/),
  });
});
