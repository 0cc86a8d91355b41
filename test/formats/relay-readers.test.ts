import { expect, test } from 'vitest';
import { storeFeedback } from '../../core/feedback/store-feedback.ts';
import { handleWake, type RelayDeps } from '../../core/relay/handle-wake.ts';
import type { RelayRecord } from '../../core/relay/record.ts';
import type { WakeMessage } from '../../core/relay/wakes/wake.ts';
import { defaultLimits, defaultTiers } from '../../core/settings.ts';
import { keys } from '../../core/store/keys.ts';
import { fakeSlack, type SlackScript } from '../support/fake-slack.ts';
import { memoryBodies } from '../support/memory-bodies.ts';
import { createMemoryStore } from '../support/memory-store.ts';
import { present } from '../support/turn-world.ts';
import { readFixture } from './read-fixture.ts';

/** The relay of today's code over what a version before it left. */
function relayOver(name: string, script: SlackScript) {
  const fixture = readFixture(name);
  const store = createMemoryStore();
  for (const item of fixture.items ?? []) store.items.set(`${item.pk} ${item.sk}`, item);
  const [turnId = ''] = fixture.turnIds ?? [];
  const { slack, calls } = fakeSlack(script);
  let now = (fixture.now ?? 0) + defaultLimits.relayLeaseMs;
  const deps: RelayDeps = {
    measure: () => undefined,
    store,
    now: () => now,
    random: () => 0.5,
    sleep: async (ms) => {
      now += ms;
    },
    limits: defaultLimits,
    tiers: defaultTiers,
    sendWake: async () => {},
    findInstallation: async (appId, installationId) => ({
      ...{ appId, installationId, botUserId: 'U0', botId: 'B0', botToken: 'xoxb-none' },
    }),
    connectSlack: () => slack,
    bodies: memoryBodies(),
    sendUpload: async () => {},
    executions: { start: async () => 'started', resume: async () => 'sent' },
    log: { info() {}, warn() {}, error() {} },
  };
  return {
    store,
    calls,
    handle: (message: WakeMessage) => handleWake(deps, message),
    wake: () => handleWake(deps, { v: 1, kind: 'flush', turnId }),
    record: async () => present(await store.get<RelayRecord>(keys.relay(turnId))),
  };
}

test('81 a relay in the middle of a stream goes on where it stood', async () => {
  const { wake, calls, record } = relayOver('relay-streaming', { 'chat.appendStream': { ok: true } });
  const ts = (await record()).view.message?.ts;
  await wake();
  expect(calls.map(({ method }) => method)).toEqual(['chat.appendStream']);
  expect(calls[0]?.args).toMatchObject({ ts });
  expect(JSON.stringify(calls[0]?.args)).toContain('More text.');
  expect((await record()).inFlight).toBeUndefined();
});

test.each([
  ['was applied is not made again', '| a | b |\n| 1 | 2 |\nMore text.', ['conversations.replies']],
  ['was not applied is made', '| a | b |\n| 1 | 2 |', ['conversations.replies', 'chat.appendStream']],
])('81 a call in flight that %s', async (_name, text, methods) => {
  const messages: object[] = [];
  const { wake, calls, record } = relayOver('relay-in-flight', {
    'conversations.replies': { messages },
    'chat.appendStream': { ok: true },
  });
  messages.push({ ts: (await record()).view.message?.ts, bot_id: 'B0', text });
  await wake();
  expect(calls.map(({ method }) => method)).toEqual(methods);
  expect((await record()).view.spot.text.line).toBe('More text.');
});

test('81 a timeline goes on in its open burst, with the text behind it', async () => {
  const { wake, calls, record, store } = relayOver('relay-timeline', {
    'chat.appendStream': { ok: true },
    'chat.update': { ok: true },
  });
  const { view, turnId } = await record();
  await wake();
  const [append] = calls;
  expect(append).toMatchObject({
    method: 'chat.appendStream',
    args: {
      ts: view.message?.ts,
      chunks: [
        { type: 'task_update', id: 'c1', title: 'Read file (2)', status: 'complete' },
        { text: 'More text' },
      ],
    },
  });
  const { appId, installationId } = await record();
  const click = { turnId, appId, installationId, userId: 'U1', rating: 'down', at: Date.now() } as const;
  expect(await storeFeedback({ store }, click)).toMatchObject({ outcome: 'rated' });
});

const wakes = ['inputs', 'title-wake'].flatMap((name) => readFixture<{ wakes: WakeMessage[] }>(name).wakes);
test.each(wakes.map((wake) => [wake.kind, wake] as const))(
  '81 a wake of kind %s that was queued before a deploy is understood',
  async (kind, wake) => {
    const { handle, calls } = relayOver('inputs', { 'chat.postEphemeral': { ok: true } });
    await handle(wake);
    const shown = { channel: 'C1', thread_ts: '1700000001.000100', user: 'U1' };
    expect(calls).toMatchObject(kind === 'notice' ? [{ method: 'chat.postEphemeral', args: shown }] : []);
  },
);
