import { describe, expect, it } from 'vitest';
import { createCliWorld } from '../test/support/cli-world.ts';
import { CliError, exitCodes } from './cli-error.ts';
import { findSession, parseSessionName, type SessionName } from './find-session.ts';

const id = `s${'0a'.repeat(16)}`;

describe('the name of a session', () => {
  it.each<[string, SessionName | undefined]>([
    [id, { sessionId: id }],
    ['C123:1700000000.000100', { channel: 'C123', threadTs: '1700000000.000100' }],
    [
      'https://team.slack.com/archives/C123/p1700000000000100',
      { channel: 'C123', threadTs: '1700000000.000100' },
    ],
    [
      'https://team.slack.com/archives/C123/p1700000009000200?thread_ts=1700000000.000100&cid=C123',
      { channel: 'C123', threadTs: '1700000000.000100' },
    ],
    ['https://team.slack.com/archives/C123', undefined],
    ['https://team.slack.com/archives/C123/p1700000009000200?thread_ts=x', undefined],
    ['C123', undefined],
    ['s123', undefined],
    ['', undefined],
    [`${id}#META`, undefined],
  ])('%s', (name, expected) => {
    expect(parseSessionName(name)).toEqual(expected);
  });
});

describe('findSession', () => {
  it('finds a thread in whichever workspace it is', async () => {
    const { world, deployment } = createCliWorld();
    const { sessionId } = await world.admit({ installationId: 'T2', threadTs: '1700000000.000100' });
    const found = await findSession(deployment, 'C1:1700000000.000100');
    expect(found.sessionId).toBe(sessionId);
    expect((await findSession(deployment, sessionId)).installationId).toBe('T2');
  });

  it('asks which one where two workspaces share the thread', async () => {
    const { world, deployment } = createCliWorld();
    for (const installationId of ['T1', 'T2']) await world.admit({ installationId, threadTs: '1.000100' });
    await expect(findSession(deployment, 'C1:1.000100')).rejects.toThrow(/Several workspaces.*id of the one/);
  });

  it.each<[string, number, RegExp]>([
    ['nonsense', exitCodes.usage, /Give its id/],
    [id, exitCodes.unknown, /no session .* in the test stack.*sessions list/],
    ['C9:1.000100', exitCodes.unknown, /no session/],
  ])('%s is refused with a sentence', async (name, exitCode, says) => {
    const { deployment } = createCliWorld();
    const error: unknown = await findSession(deployment, name).catch((cause: unknown) => cause);
    expect(error).toBeInstanceOf(CliError);
    expect(error).toMatchObject({ exitCode, message: expect.stringMatching(says) });
  });
});
