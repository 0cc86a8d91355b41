import { describe, expect, it, test } from 'vitest';
import { createInstallations } from '../../core/installations/installations.ts';
import { toModelMessages } from '../../core/models/messages.ts';
import { decideRequirement } from '../../core/pauses/decide-requirement.ts';
import { withWholeReasons } from '../../core/pauses/reason.ts';
import { loadPause, loadPauseRows } from '../../core/pauses/store.ts';
import { loadHistory } from '../../core/sessions/history.ts';
import type { Checkpoint } from '../../core/sessions/record.ts';
import { readTurnStream } from '../../core/stream/read-log.ts';
import { storedCalls } from '../../core/turns/call-records.ts';
import type { RunInput } from '../../core/turns/record.ts';
import { runTurn } from '../../core/turns/run-turn.ts';
import { loadStep } from '../../core/turns/step-commit.ts';
import { createMemoryStore } from '../support/memory-store.ts';
import { aPost, present } from '../support/turn-world.ts';
import { worldOf } from './load-fixture.ts';
import { readFixture } from './read-fixture.ts';

describe('81 a conversation', () => {
  it('is read as the model saw it, large messages and provider metadata included', async () => {
    const { world, fixture } = worldOf('conversation');
    const messages = toModelMessages(await loadHistory(world.deps, fixture.sessionId));
    expect(messages.map(({ role }) => role)).toEqual([
      ...['user', 'assistant', 'tool', 'assistant', 'tool', 'assistant'],
      ...['user', 'assistant'],
    ]);
    expect(messages[0]).toEqual({ role: 'user', content: 'find the plan' });
    expect(messages[2]).toMatchObject({
      content: [
        { output: { type: 'json', value: { found: [1.5, null, 'ü'] } } },
        { output: { type: 'error-text' } },
        { output: { type: 'error-text' } },
      ],
    });
    expect(messages[4]).toMatchObject({ content: [{ output: { type: 'text', value: 'xxx' } }] });
    expect(messages[5]).toEqual({
      role: 'assistant',
      content: [
        { type: 'reasoning', text: 'I sum up.', providerOptions: { anthropic: { signature: 'c2lnbmVk' } } },
        { type: 'text', text: 'Found.', providerOptions: { openai: { itemId: 'msg_1' } } },
      ],
    });
    expect(messages[6]?.content).toContain('<@U2>: thanks');
  });

  it('K-13 keeps its references to files structured', async () => {
    const { world, fixture } = worldOf('conversation');
    const records = await loadHistory(world.deps, fixture.sessionId);
    expect(records.flatMap(({ post }) => post?.files ?? [])).toEqual([
      { id: 'F1', name: 'plan.pdf', mimetype: 'application/pdf', size: 1234 },
    ]);
  });

  it('goes on', async () => {
    const { world } = worldOf('conversation');
    const admission = await world.admit(
      aPost({ threadTs: '1700000001.000100', messageTs: '1700000004.000100', eventId: 'Ev9', text: 'more' }),
    );
    expect(admission.outcome).toBe('started');
    expect(await world.run(admission.turnId)).toMatchObject({ route: 'done' });
    expect(world.requests.at(-1)?.messages).toHaveLength(9);
  });

  it('knows a post that it has had', async () => {
    const { world, fixture } = worldOf('conversation');
    const { post } = readFixture<{ post: Parameters<typeof world.admit>[0] }>('conversation');
    expect(await world.admit(post)).toMatchObject({ outcome: 'duplicate', turnId: fixture.turnIds?.[1] });
  });

  it('gives its steps, calls and log back', async () => {
    const { world, turnId } = worldOf('conversation');
    const steps = await Promise.all([0, 1, 2].map((step) => loadStep(world.deps, turnId, step)));
    expect(steps.map((step) => step?.toolCalls)).toEqual([
      [
        { toolCallId: 'look-0', toolName: 'look', input: { query: 'plan' } },
        { toolCallId: 'bad-1', toolName: 'bad', input: {} },
        { toolCallId: 'nowhere-2', toolName: 'nowhere', input: {} },
      ],
      [{ toolCallId: 'big-0', toolName: 'big', input: { value: 'yyy' } }],
      [],
    ]);
    const calls = await storedCalls(world.deps, present(steps[0]));
    expect(calls.get('look-0')?.outcome).toMatchObject({
      kind: 'output',
      value: { found: [1.5, null, 'ü'] },
    });
    expect(calls.get('bad-1')?.outcome).toEqual({ kind: 'error', text: 'bad failed: no such page' });
    const { batches, turn } = await readTurnStream(world.store, turnId, { fence: 0, seq: 0 }, 100);
    expect(batches.at(-1)?.chunks.at(-1)).toEqual({
      type: 'finish',
      messageMetadata: { end: 'completed', usage: turn?.usage },
    });
  });
});

describe('a turn that a deploy met', () => {
  it('starting: runs, and the message that waits behind it comes next', async () => {
    const { world, fixture, turnId } = worldOf('starting-and-queued');
    expect(await world.run(turnId)).toMatchObject({ route: 'done' });
    const next = present(fixture.turnIds?.[1]);
    expect((await world.session(fixture.sessionId)).activeTurnId).toBe(next);
    expect(await world.run(next)).toMatchObject({ route: 'done' });
    expect(world.requests.at(-1)?.messages.at(-1)?.content).toBe('<@U2>: second');
  });

  it('waiting: goes on when its time has come', async () => {
    const { world, turnId } = worldOf('waiting');
    expect(await world.run(turnId)).toMatchObject({ route: 'backoff', waitSeconds: 30 });
    world.advance(30_000);
    expect(await world.run(turnId)).toMatchObject({ route: 'done' });
  });

  it('running when it broke off: goes on behind its last commit, and does not repeat a call', async () => {
    const { world, turnId, ran } = worldOf('crashed');
    world.advance(60_000);
    expect(await world.run(turnId)).toMatchObject({ route: 'done' });
    expect(ran).toEqual([]);
    expect(world.toolResults()).toEqual([
      { type: 'error-text', value: expect.stringContaining('outcome of this call is unknown') },
    ]);
  });

  it('paused: is decided and goes on', async () => {
    const { world, turnId, fixture, ran } = worldOf('paused-open');
    const pauseId = present(fixture.pauseId);
    expect(await loadPauseRows(world.store, pauseId)).toHaveLength(2);
    expect(await world.run(turnId)).toMatchObject({ route: 'pause', pauseId });
    for (const row of [0, 1])
      expect(
        await decideRequirement(world.deps, {
          ...{ pauseId, row, answer: 'approved', by: 'U1', door: 'slack' },
          ...{ appId: 'A1', installationId: 'T1', at: world.now() },
        }),
      ).toMatchObject({ outcome: 'decided' });
    expect(world.started).toContain('resume token-1');
    expect(await world.run(turnId)).toMatchObject({ route: 'done' });
    expect(ran).toEqual(['{"text":"Hello"}', '{}']);
  });

  it('paused and decided: does what was decided, and tells the reason whole', async () => {
    const { world, turnId, ran } = worldOf('paused-decided');
    expect(await world.run(turnId)).toMatchObject({ route: 'done' });
    expect(ran).toEqual(['{}']);
    expect(world.toolResults()).toEqual([
      {
        type: 'execution-denied',
        reason: expect.stringContaining(`Too early. ${'Not before the launch. '.repeat(20).trim()}`),
      },
      { type: 'text', value: 'announced' },
    ]);
  });

  it('stopped while paused: has ended, and its pause tells by whom', async () => {
    const { world, turnId, fixture } = worldOf('paused-cancelled');
    expect(await world.run(turnId)).toMatchObject({ route: 'done' });
    const pause = await withWholeReasons(
      world.store,
      present(await loadPause(world.store, present(fixture.pauseId))),
    );
    expect(pause.rows.map(({ decision }) => [decision?.answer, decision?.cause])).toEqual([
      ['denied', 'person'],
      ['denied', 'stop'],
    ]);
  });
});

describe('checkpoints', () => {
  const fixture = readFixture<{ checkpoints: Record<string, Checkpoint> }>('checkpoints');
  test.each([
    ['messages', ['first', [{ type: 'text', text: 'second' }], 'third', [{ type: 'text', text: 'fourth' }]]],
    ['summary', ['What was said before.', '<@U1>: third', [{ type: 'text', text: 'fourth' }]]],
  ])('of %s are read', async (kind, expected) => {
    const { world } = worldOf('checkpoints');
    const records = await loadHistory(world.deps, fixture.sessionId, fixture.checkpoints[kind]);
    expect(toModelMessages(records).map(({ content }) => content)).toEqual(expected);
  });
});

test('an installation is found', async () => {
  const store = createMemoryStore();
  for (const item of readFixture('installation').items) store.items.set(`${item.pk} ${item.sk}`, item);
  const kms = { send: async () => ({ Plaintext: Buffer.from('xoxb-none') }) };
  const installations = createInstallations({
    store,
    kms: kms as Parameters<typeof createInstallations>[0]['kms'],
    keyArn: 'arn',
    now: () => 0,
  });
  expect(await installations.find('A1', 'T1')).toEqual({
    ...{ appId: 'A1', installationId: 'T1', botUserId: 'U0', botId: 'B0', botToken: 'xoxb-none' },
  });
  expect(await installations.list()).toHaveLength(1);
});

test('an execution’s input is that of a run, whatever its turn has come to', async () => {
  const { run } = readFixture<{ run: RunInput }>('inputs');
  const { world, turnId } = worldOf('starting-and-queued');
  // A higher epoch than the turn's own is another execution's.
  expect(await runTurn(world.deps, { ...run, turnId })).toEqual({ ...run, turnId, route: 'done' });
  expect((await world.turn(turnId)).state).toBe('starting');
});
