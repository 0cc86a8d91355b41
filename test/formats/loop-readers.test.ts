import { describe, expect, it } from 'vitest';
import { toModelMessages } from '../../core/models/messages.ts';
import { loadHistory } from '../../core/sessions/history.ts';
import { keys } from '../../core/store/keys.ts';
import { storedCalls } from '../../core/turns/call-records.ts';
import { ANSWER_REQUEST } from '../../core/turns/judge-answer.ts';
import type { UsageRecord } from '../../core/turns/record.ts';
import { loadStep } from '../../core/turns/step-commit.ts';
import { calls, present, says } from '../support/turn-world.ts';
import { worldOf } from './load-fixture.ts';
import { readFixture } from './read-fixture.ts';

describe('81 a turn that took up a message, was compacted and waits to try again', () => {
  const facts = { models: { 'demo/7': { contextTokens: 200_000, images: true } } };

  it('goes on behind its summary, with its model, the message that it took up and the file', async () => {
    const { world, turnId, fixture } = worldOf('steered-and-compacted');
    world.advance(60_000);
    expect(await world.run(turnId, 1, facts)).toMatchObject({ route: 'done' });
    const [request] = world.requests;
    expect(request).toMatchObject({ model: 'demo/7', effort: 'low' });
    const [summary, asked, took] = request?.messages ?? [];
    expect(summary?.content).toContain('Looked at the prices.');
    expect(asked?.content).toMatchObject([
      { type: 'text', text: expect.stringContaining('Slack no longer has this file') },
      { type: 'file', mediaType: 'image/png' },
    ]);
    expect(took?.content).toMatch(/came while you were working.*\n<@U2>: in euros/);
    expect(await world.turn(turnId)).toMatchObject({ state: 'completed', compactions: 1 });
    expect((await world.turn(turnId)).usage).toMatchObject({ inputTokens: 151_910, costUsd: 0.0075 });
    expect(await world.session(fixture.sessionId)).toMatchObject({
      ...{ title: 'Prices', titleBy: 'person', titleAt: 1_800_000_001_500 },
      checkpoint: { kind: 'summary', seq: 6 },
    });
  });

  it('counts on where its loop breakers stood', async () => {
    const again = (id: string) => calls({ name: 'bad', id, input: { page: 1 } });
    const { world, turnId } = worldOf('steered-and-compacted', {
      script: [again('c3'), again('c4'), says('I give up.')],
    });
    world.advance(60_000);
    await world.run(turnId, 1, facts);
    // The first of the three stands in the fixture.
    expect(JSON.stringify(world.toolResults().at(-1))).toContain('failed 3 times in a row');
    expect((await world.turn(turnId)).streak?.failure?.count).toBe(3);
  });

  it('knows the message that it took up when it comes once more', async () => {
    const { world, fixture, turnId } = worldOf('steered-and-compacted');
    const { post } = readFixture<{ post: Parameters<typeof world.admit>[0] }>('steered-and-compacted');
    const taken = present(fixture.turnIds?.[1]);
    expect(await world.admit({ ...post, eventId: 'EvTwin' })).toMatchObject({
      outcome: 'duplicate',
      turnId: taken,
    });
    expect((await world.turn(taken)).steeredInto).toBe(turnId);
  });

  it('gives back a large result, what each call used, and the whole conversation', async () => {
    const { world, turnId, fixture } = worldOf('steered-and-compacted');
    const step = present(await loadStep(world.deps, turnId, 0));
    expect((await storedCalls(world.deps, step)).get('c1')?.outcome).toEqual({
      kind: 'output',
      value: 'yyy',
    });
    const used = await world.store.query<UsageRecord>({ pk: keys.turn(turnId).pk, prefix: 'USAGE#' });
    expect(used.map(({ kind, model, usage }) => [kind, model, usage.inputTokens])).toEqual([
      ['step', 'demo/7', 900],
      ['step', 'demo/7', 150_000],
      ['compaction', 'demo/7', 1_000],
    ]);
    const messages = toModelMessages(await loadHistory(world.deps, fixture.sessionId));
    expect(messages.map(({ role }) => role)).toEqual([
      'user',
      'assistant',
      'tool',
      'user',
      'assistant',
      'tool',
    ]);
    expect(messages[1]).toMatchObject({
      providerOptions: { sluice: { model: 'demo/7' } },
      content: [
        { type: 'reasoning', providerOptions: { anthropic: { signature: 'c2lnbmVk' } } },
        { type: 'tool-call', toolCallId: 'srvtoolu_1', providerExecuted: true },
        { type: 'tool-result', output: { value: [{ encryptedContent: 'c2VhbGVk' }] } },
        { type: 'tool-call', toolCallId: 'c1' },
      ],
    });
  });

  it('tells all of it in its log', async () => {
    const { world, turnId } = worldOf('steered-and-compacted');
    const chunks = await world.chunks(turnId);
    expect(chunks).toContainEqual({
      type: 'source-url',
      sourceId: '0.1-s1',
      url: 'https://example.com/a',
      title: 'A page',
    });
    expect(chunks.filter((chunk) => 'providerExecuted' in chunk).map(({ type }) => type)).toEqual([
      'tool-input-available',
      'tool-output-available',
    ]);
    const data = chunks.flatMap((chunk) =>
      chunk.type === 'data-file' || chunk.type === 'data-follow-up' ? [[chunk.type, chunk.data]] : [],
    );
    expect(data).toMatchObject([
      [
        'data-file',
        { fileId: 'F2', name: 'gone.pdf', reason: expect.stringContaining('Slack no longer has') },
      ],
      ['data-follow-up', { userId: 'U2', text: 'in euros', messageTs: '1700000002.000100' }],
    ]);
  });
});

it('81 a turn that a newer message interrupts ends, and that one has its turn', async () => {
  const { world, turnId, fixture } = worldOf('interrupted', { door: { whileBusy: 'interrupt' } });
  world.advance(60_000);
  expect(await world.run(turnId)).toMatchObject({ route: 'done' });
  expect(world.requests).toHaveLength(0);
  expect((await world.turn(turnId)).end).toMatchObject({
    state: 'stopped',
    reason: expect.stringContaining('A newer message came in'),
  });
  const next = present(fixture.turnIds?.[1]);
  expect(await world.session(fixture.sessionId)).toMatchObject({ activeTurnId: next });
  expect(await world.run(next)).toMatchObject({ route: 'done' });
});

it('81 a turn whose model only thought is asked for an answer, and its title stays', async () => {
  const { world, turnId, fixture } = worldOf('reprompted');
  world.advance(60_000);
  expect(await world.run(turnId)).toMatchObject({ route: 'done' });
  expect(world.requests[0]?.messages.at(-1)).toEqual({ role: 'user', content: ANSWER_REQUEST });
  expect(await world.session(fixture.sessionId)).toMatchObject({ title: 'The answer', titleBy: 'model' });
  expect(await world.chunks(turnId)).toContainEqual({ type: 'data-title', data: { title: 'The answer' } });
  const used = await world.store.query<UsageRecord>({ pk: keys.turn(turnId).pk, prefix: 'USAGE#' });
  expect(used.map(({ kind }) => kind)).toContain('title');
});

it('81 a compaction that was asked for by hand is done', async () => {
  const { world, turnId, fixture } = worldOf('compaction-asked', { script: [says('## Done\nLooked.')] });
  expect((await world.session(fixture.sessionId)).contextTokens).toBe(15);
  expect(await world.run(turnId)).toMatchObject({ route: 'done' });
  expect(await world.turn(turnId)).toMatchObject({ kind: 'compaction', state: 'completed' });
  expect((await world.session(fixture.sessionId)).checkpoint).toMatchObject({ kind: 'summary', seq: 4 });
});

describe('81 a turn whose answer stood when its run was ended', () => {
  it('is closed without asking again, and keeps what broke off and what is left of the large result', async () => {
    const { world, turnId } = worldOf('answered');
    expect((await world.turn(turnId)).ending).toEqual({ state: 'completed' });
    const [stored] = (await storedCalls(world.deps, present(await loadStep(world.deps, turnId, 0)))).values();
    expect(stored?.outcome).toMatchObject({ kind: 'output', rest: { ref: `${turnId}/1-c1`, bytes: 20_000 } });
    world.advance(120_000);
    expect(await world.run(turnId)).toMatchObject({ route: 'done' });
    expect(world.requests).toEqual([]);
    expect(await world.turn(turnId)).toMatchObject({ state: 'completed' });
    const chunks = await world.chunks(turnId);
    expect(chunks.find(({ type }) => type === 'data-retry')).toMatchObject({ data: { partial: true } });
    expect(chunks.filter(({ type }) => type === 'finish')).toHaveLength(1);
  });
});
