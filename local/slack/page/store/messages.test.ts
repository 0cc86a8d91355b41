import { expect, test } from 'vitest';
import { message } from './fixtures.ts';
import { dropMessage, emptyChannel, putMessage } from './messages.ts';

const ts = (second: number): string => `170000000${second}.000000`;

test('replies stand in their thread, broadcast ones in the channel too', () => {
  const channel = emptyChannel();
  putMessage(channel, message({ ts: ts(1) }));
  putMessage(channel, message({ ts: ts(2), threadTs: ts(1) }));
  putMessage(channel, message({ ts: ts(3), threadTs: ts(1), broadcast: true }));
  expect(channel.top).toEqual([ts(1), ts(3)]);
  expect(channel.replies.get(ts(1))).toEqual([ts(2), ts(3)]);
});

test('what comes late finds its place; what changes keeps it and the list stays the same list', () => {
  const channel = emptyChannel();
  for (const second of [1, 5, 3]) putMessage(channel, message({ ts: ts(second) }));
  expect(channel.top).toEqual([ts(1), ts(3), ts(5)]);
  const before = channel.top;
  putMessage(channel, message({ ts: ts(3), text: 'changed' }));
  expect(channel.top).toBe(before);
  expect(channel.byTs.get(ts(3))?.text).toBe('changed');
});

test('streams and ephemerals are known without looking through all', () => {
  const channel = emptyChannel();
  putMessage(channel, message({ ts: ts(1), streamingState: 'in_progress' }));
  putMessage(channel, message({ ts: ts(2), ephemeralFor: 'U1' }));
  expect([...channel.streaming]).toEqual([ts(1)]);
  expect([...channel.ephemeral]).toEqual([ts(2)]);
  putMessage(channel, message({ ts: ts(1), streamingState: 'completed' }));
  expect(channel.streaming.size).toBe(0);
  dropMessage(channel, ts(2));
  expect(channel.ephemeral.size).toBe(0);
  expect(channel.top).toEqual([ts(1)]);
});
