import { expect, it } from 'vitest';
import { executionNameOf, parseExecutionName, sessionIdOf, turnIdOf } from './ids.ts';

const thread = { appId: 'A1', installationId: 'T1', channel: 'C1', threadTs: '1700000000.000100' };
const message = { appId: 'A1', installationId: 'T1', channel: 'C1', messageTs: '1700000000.000100' };

it('G-5: the same thread_ts in two channels is two sessions', () => {
  expect(sessionIdOf(thread)).not.toBe(sessionIdOf({ ...thread, channel: 'C2' }));
});

it('S-12: one message that mentions two apps is two turns', () => {
  expect(turnIdOf(message)).not.toBe(turnIdOf({ ...message, appId: 'A2' }));
});

it('parts do not run into each other', () => {
  expect(turnIdOf({ ...message, appId: 'A1T', installationId: '1' })).not.toBe(turnIdOf(message));
});

it('an execution name fits Step Functions and leads back', () => {
  const turnId = turnIdOf(message);
  const name = executionNameOf(turnId, 12);
  expect(name).toMatch(/^[A-Za-z0-9-]{1,80}$/);
  expect(parseExecutionName(name)).toEqual({ turnId, epoch: 12 });
});

it.each(['', 'x-1', 't123-1', `${'t'.padEnd(33, 'a')}`, `t${'0'.repeat(32)}-`, `t${'g'.repeat(32)}-1`])(
  'a name that is not ours is nobody’s: %j',
  (name) => {
    expect(parseExecutionName(name)).toBeUndefined();
  },
);
