import { describe, expect, test } from 'vitest';
import { createRecords, textPart } from '../../test/support/history.ts';
import { createMemoryStore } from '../../test/support/memory-store.ts';
import type { Log } from '../log.ts';
import type { Bodies } from '../store/bodies.ts';
import { keys } from '../store/keys.ts';
import type { Query } from '../store/store.ts';
import { checkpointDue, writeCheckpoint } from './checkpoint.ts';
import { loadHistory } from './history.ts';
import { messageActions, messageRecords, type NewMessage } from './messages.ts';
import type { Checkpoint, MessageRecord } from './record.ts';

/** A session's messages on stores in memory that count what is read. */
function createHistoryWorld() {
  const store = createMemoryStore();
  const objects = new Map<string, string>();
  const read = { items: 0, bodies: 0 };
  const warnings: string[] = [];
  const log: Log = { info() {}, warn: (text) => void warnings.push(text), error() {} };
  const bodies: Pick<Bodies, 'get' | 'put'> = {
    put: async (key, body) => void objects.set(key, JSON.stringify(body)),
    get: async (key) => {
      read.bodies++;
      const body = objects.get(key);
      if (body === undefined) throw Object.assign(new Error('There is none.'), { name: 'NoSuchKey' });
      return JSON.parse(body) as unknown;
    },
  };
  const deps = {
    store: {
      ...store,
      query: async <T>(query: Query) => {
        const items = await store.query<T>(query);
        read.items += items.length;
        return items;
      },
    },
    bodies,
    log,
  };
  return {
    deps,
    store,
    bodies,
    objects,
    read,
    warnings,
    add: async (records: readonly MessageRecord[]) => {
      for (const { message, ...record } of records) {
        const body = message === undefined ? {} : { body: JSON.stringify(message) };
        await store.put({ ...keys.message(record.sessionId, record.seq), ...record, ...body });
      }
    },
    load: (checkpoint?: Checkpoint) => loadHistory(deps, 's1', checkpoint),
  };
}

/** So many messages, questions and answers in turn. */
function conversation(length: number): MessageRecord[] {
  const { post, assistant } = createRecords();
  return Array.from({ length }, (_, n) =>
    n % 2 === 0 ? post(`question ${n}`) : assistant(textPart(`answer ${n}`)),
  );
}

const at = { sessionId: 's1', turnId: 't1', fence: 1, kind: 'messages' } as const;

describe('loadHistory', () => {
  test('without a checkpoint it reads all messages, large ones from the bucket', async () => {
    const world = createHistoryWorld();
    const [question] = conversation(1);
    const news: NewMessage[] = ['short', 'x'.repeat(40_000)].map((content) => ({
      ...at,
      role: 'assistant',
      message: { role: 'assistant', content },
    }));
    await world.add(question ? [question] : []);
    await world.store.transact(await messageActions(world.bodies, 2, news, 5));
    expect(world.objects.size).toBe(1);
    expect(await world.load()).toEqual([question, ...messageRecords(2, news, 5)]);
    expect(world.read).toEqual({ items: 3, bodies: 1 });
  });

  test('with a checkpoint it reads one body and what stands behind, and gives the same', async () => {
    const world = createHistoryWorld();
    const records = conversation(200);
    await world.add(records);
    const checkpoint = await writeCheckpoint(world.bodies, { ...at, seq: 190, records });
    expect(await world.load(checkpoint)).toEqual(records);
    expect(world.read).toEqual({ items: 10, bodies: 1 });
  });

  test('a summary stands in place of what it stands for, in the order in which it was written', async () => {
    const world = createHistoryWorld();
    const records = conversation(10);
    await world.add(records);
    const summary: MessageRecord = {
      ...{ v: 1, sessionId: 's1', turnId: 't1', role: 'user', at: 0 },
      seq: 8,
      summary: 'What was said.',
    };
    const open = records.slice(6, 7);
    const checkpoint = await writeCheckpoint(world.bodies, {
      ...at,
      seq: 8,
      records: [summary, ...open],
      kind: 'summary',
    });
    expect(await world.load(checkpoint)).toEqual([summary, ...open, ...records.slice(8)]);
  });

  test('K-33 messages are ordered by sequence, whatever their times say', async () => {
    const world = createHistoryWorld();
    const records = conversation(12).map((record) => ({ ...record, at: 100 - record.seq }));
    await world.add(records.toReversed());
    expect((await world.load()).map(({ seq }) => seq)).toEqual(records.map(({ seq }) => seq));
  });

  test.each([
    ['is gone', undefined],
    ['is no list', { records: [] }],
    ['is empty', []],
    ['is of a version that is not known', [{ v: 2, seq: 1, role: 'user' }]],
    ['holds something else', [{ v: 1, seq: 1, role: 'user' }, 'text']],
    ['is not a message', [{ v: 1, seq: '1', role: 'user' }]],
    ['has no role', [{ v: 1, seq: 1, role: 'robot' }]],
  ])('a checkpoint that %s is passed over: nothing is lost, and it is told', async (_name, body) => {
    const world = createHistoryWorld();
    const records = conversation(20);
    await world.add(records);
    const checkpoint = await writeCheckpoint(world.bodies, { ...at, seq: 15, records });
    if (body) await world.bodies.put(checkpoint.key, body);
    else world.objects.delete(checkpoint.key);
    expect(await world.load(checkpoint)).toEqual(records);
    expect(world.warnings).toEqual([expect.stringContaining('all messages are read instead')]);
  });

  test('a checkpoint that is no JSON is passed over', async () => {
    const world = createHistoryWorld();
    const records = conversation(4);
    await world.add(records);
    const checkpoint = await writeCheckpoint(world.bodies, { ...at, seq: 3, records });
    world.objects.set(checkpoint.key, '[{"v":1');
    expect(await world.load(checkpoint)).toEqual(records);
  });

  test('a message whose body is gone or no JSON is left empty, and it is told; the others are there', async () => {
    const world = createHistoryWorld();
    const records = conversation(2);
    await world.add(records);
    const key = { v: 1, sessionId: 's1', turnId: 't1', role: 'assistant', at: 0 } as const;
    await world.store.put({ ...keys.message('s1', 3), ...key, seq: 3, bodyKey: 'gone' });
    await world.store.put({ ...keys.message('s1', 4), ...key, seq: 4, body: '{"role":' });
    expect(await world.load()).toEqual([...records, { ...key, seq: 3 }, { ...key, seq: 4 }]);
    expect(world.warnings).toHaveLength(2);
  });

  test('a bucket that cannot be reached is no message that is gone', async () => {
    const world = createHistoryWorld();
    const key = { v: 1, sessionId: 's1', turnId: 't1', role: 'assistant', at: 0 } as const;
    await world.store.put({ ...keys.message('s1', 1), ...key, seq: 1, bodyKey: 'a' });
    const bodies = { ...world.bodies, get: () => Promise.reject(new Error('SlowDown')) };
    await expect(loadHistory({ ...world.deps, bodies }, 's1')).rejects.toThrow('SlowDown');
  });
});

describe('checkpoints', () => {
  test('a run that lost its turn overwrites nothing: names hold turn and fence', async () => {
    const { bodies, objects } = createHistoryWorld();
    const records = conversation(4);
    const news = { ...at, seq: 4, records };
    await writeCheckpoint(bodies, news);
    await writeCheckpoint(bodies, { ...news, fence: 2 });
    await writeCheckpoint(bodies, { ...news, turnId: 't2' });
    await writeCheckpoint(bodies, { ...news, kind: 'summary' });
    expect(objects.size).toBe(4);
  });

  test('what lies behind its sequence is not in it: it is read from the table', async () => {
    const world = createHistoryWorld();
    const records = conversation(6);
    await world.add(records);
    const checkpoint = await writeCheckpoint(world.bodies, { ...at, seq: 4, records });
    expect(await world.load(checkpoint)).toEqual(records);
  });

  test.each([
    [63, undefined, false],
    [64, undefined, true],
    [127, { seq: 64 }, false],
    [128, { seq: 64 }, true],
  ])('at message %i behind %o one is due: %o', (lastSeq, checkpoint, due) => {
    expect(checkpointDue(lastSeq, checkpoint, 64)).toBe(due);
  });

  test('79 a turn’s start reads as much at message 10 as at message 2,000', async () => {
    const window = 64;
    const world = createHistoryWorld();
    const records = conversation(2_000);
    const measured = new Map<number, { items: number; bodies: number }>();
    let checkpoint: Checkpoint | undefined;
    for (let seq = 2; seq <= records.length; seq += 2) {
      await world.add(records.slice(seq - 2, seq));
      if ([10, 100, 1_000, 2_000].includes(seq)) {
        world.read.items = 0;
        world.read.bodies = 0;
        expect(await world.load(checkpoint)).toEqual(records.slice(0, seq));
        measured.set(seq, { ...world.read });
      }
      if (checkpointDue(seq, checkpoint, window))
        checkpoint = await writeCheckpoint(world.bodies, { ...at, seq, records: records.slice(0, seq) });
    }
    for (const { items, bodies } of measured.values()) {
      expect(items).toBeLessThanOrEqual(window);
      expect(bodies).toBeLessThanOrEqual(1);
    }
    expect([...measured.keys()]).toEqual([10, 100, 1_000, 2_000]);
  });
});
