import { expect, test } from 'vitest';
import { memoryBodies } from '../../test/support/memory-bodies.ts';
import { attachmentId, gatherAttachments } from './call-attachments.ts';

function aCall(over: { fence?: number; left?: number; toolCallId?: string } = {}) {
  const { fence = 1, left = 3, toolCallId = 'c1' } = over;
  const bodies = memoryBodies();
  const room = { left };
  const gathered = gatherAttachments({
    ...{ bodies, turnId: 't1', fence, toolCallId, room },
    ...{ attachmentsPerTurn: 3, attachmentBytes: 100 },
  });
  return { bodies, room, ...gathered };
}
const file = (name = 'a.txt') => ({ kind: 'file', name, content: name }) as const;
const chart = {
  kind: 'chart',
  title: 'T',
  chart: { type: 'pie', segments: [{ label: 'a', value: 1 }] },
} as const;

test('what is attached lies in the bucket before the call is over, under its fence', async () => {
  const { attach, close, bodies } = aCall({ fence: 4 });
  await attach(file());
  await attach(chart);
  const id = attachmentId('t1', 'c1', 0);
  const key = `attachments/t1/4-${id}`;
  expect(Buffer.from(await bodies.getBytes(key)).toString()).toBe('a.txt');
  const records = await close(true);
  expect(records).toEqual([
    { id, key, kind: 'file', name: 'a.txt', bytes: 5 },
    expect.objectContaining({ kind: 'chart', name: 'T' }),
  ]);
  expect(await bodies.get(records[1]?.key ?? '')).toEqual({ title: 'T', chart: chart.chart });
});

test('every try of a call gives the same ids, and other calls give others', async () => {
  const ids = async (over: Parameters<typeof aCall>[0]) => {
    const { attach, close } = aCall(over);
    await attach(file());
    await attach(file('b.txt'));
    return (await close(true)).map(({ id }) => id);
  };
  expect(await ids({ fence: 2 })).toEqual(await ids({ fence: 7 }));
  const all = [...(await ids({})), ...(await ids({ toolCallId: 'c2' }))];
  expect(new Set(all).size).toBe(4);
});

test('a call that failed attaches nothing, and gives its room back', async () => {
  const { attach, close, room } = aCall();
  await attach(file());
  expect(await close(false)).toEqual([]);
  expect(room.left).toBe(3);
});

test('calls that run together share the room', async () => {
  const { attach, close, room } = aCall({ left: 1 });
  const all = await Promise.allSettled([attach(file()), attach(file('b.txt'))]);
  expect(all.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
  await expect(attach(file('c.txt'))).rejects.toThrow('An answer may have 3 attachments, and has them.');
  expect(await close(true)).toHaveLength(1);
  expect(room.left).toBe(0);
});

test('what could not be stored is not attached, and its room is free again', async () => {
  const { attach, close, room, bodies } = aCall();
  bodies.fail = new Error('The bucket is away.');
  await expect(attach(file())).rejects.toThrow('The bucket is away.');
  delete bodies.fail;
  expect(await close(true)).toEqual([]);
  expect(room.left).toBe(3);
});

test('a tool that does not wait ends nothing: what is under way is waited for, what comes later refused', async () => {
  const { attach, close, bodies } = aCall();
  void attach(file());
  bodies.fail = new Error('The bucket is away.');
  void attach(file('b.txt'));
  const records = await close(true);
  expect(records.length).toBeLessThan(2);
  await expect(attach(file('late.txt'))).rejects.toThrow(/came too late.*Wait for it/);
});
