import { describe, expect, it } from 'vitest';
import { createCliWorld } from '../test/support/cli-world.ts';
import { calls, says, tool } from '../test/support/turn-world.ts';
import { describeSession, describeSessions } from './describe-session.ts';
import { listSessions, readSession } from './read-session.ts';
import { compactSession, retitleSession, stopInSession } from './sessions.ts';

describe('sessions list', () => {
  it('names the last active first, of all workspaces, and no more than wanted', async () => {
    const { world, deployment } = createCliWorld();
    for (const [n, installationId] of ['T1', 'T2', 'T1'].entries()) {
      await world.admit({ installationId, threadTs: `${n}.1` });
      world.advance(1_000);
    }
    const found = await listSessions(deployment, 2);
    expect(found.map(({ threadTs, installationId }) => [threadTs, installationId])).toEqual([
      ['2.1', 'T1'],
      ['1.1', 'T2'],
    ]);
    expect(Object.keys(found[0] ?? {})).not.toEqual(expect.arrayContaining(['pk']));
    const lines = describeSessions(found).split('\n');
    expect(lines).toHaveLength(3);
    expect(lines[1]).toMatch(/^s[0-9a-f]{32} {2}active {2}0 +2027-\S+ \S+Z {2}C1:2\.1$/);
  });

  it('says so where there is none', async () => {
    const { deployment } = createCliWorld();
    expect(describeSessions(await listSessions(deployment, 5))).toBe('No thread has a session yet.');
  });
});

describe('sessions show', () => {
  it('tells messages, what waits, and how turns went, the last messages only', async () => {
    const { world, deployment } = createCliWorld({
      script: [calls({ name: 'look', input: { at: 'x' } }), says('All\nfine.')],
      tools: [tool('look', async () => 'seen')],
    });
    const first = await world.admit({ threadTs: '1.1', text: 'look \u001b[31mthere' });
    await world.run(first.turnId);
    const second = await world.admit({ threadTs: '1.1', text: 'again' });
    await world.admit({ threadTs: '1.1', text: 'and then', author: { userId: 'U2', teamId: 'T1' } });
    const session = await world.session(first.sessionId);
    const told = await readSession(deployment, session, 50);
    expect(told.messages.map(({ role, author, head }) => [role, author, head])).toEqual([
      ['user', 'U1', 'look [31mthere'],
      ['assistant', undefined, '→ look({"at":"x"})'],
      ['tool', undefined, '← look: seen'],
      ['assistant', undefined, 'All fine.'],
      ['user', 'U1', 'again'],
    ]);
    expect(told.queue.map(({ post }) => post.text)).toEqual(['and then']);
    expect(told.turns.map(({ turnId, state }) => [turnId, state])).toEqual([
      [first.turnId, 'completed'],
      [second.turnId, 'starting'],
    ]);
    const text = describeSession(told);
    expect(text).toMatch(/^Session s\w+: active\nagent assistant, workspace T1, thread C1:1\.1, title: none/);
    expect(text).toMatch(/Waiting:\n\S+ \S+ {2}U2 {2}and then/);
    expect(text).not.toContain('\u001b');
    expect((await readSession(deployment, session, 2)).messages.map(({ head }) => head)).toEqual([
      'All fine.',
      'again',
    ]);
  });
});

describe('sessions stop', () => {
  it('stops what runs, and refuses where nothing does', async () => {
    const { world, deployment } = createCliWorld();
    const { turnId, sessionId } = await world.admit();
    expect(await stopInSession(deployment, sessionId)).toEqual({
      json: { sessionId, turnId, outcome: 'stopped' },
      text: 'Stopped.',
    });
    expect(await world.turn(turnId)).toMatchObject({ state: 'stopped' });
    expect(await stopInSession(deployment, sessionId)).toMatchObject({
      json: { turnId: null, outcome: 'nothing_to_stop' },
      refused: true,
    });
  });
});

describe('sessions compact', () => {
  it('starts where there is something to summarise, and refuses a session that is at work', async () => {
    const { world, deployment } = createCliWorld();
    const { turnId, sessionId } = await world.admit({ threadTs: '1.1' });
    expect(await compactSession(deployment, sessionId)).toMatchObject({
      json: { outcome: 'busy' },
      text: expect.stringContaining('sessions stop'),
      refused: true,
    });
    await world.run(turnId);
    expect(await compactSession(deployment, sessionId)).toMatchObject({
      json: { outcome: 'nothing' },
      refused: true,
    });
    await world.run((await world.admit({ threadTs: '1.1' })).turnId);
    expect(await compactSession(deployment, sessionId)).toMatchObject({
      json: { outcome: 'started' },
      refused: false,
    });
  });
});

describe('sessions rename', () => {
  it('K-35 is a person’s title, and Slack is told', async () => {
    const { world, deployment, slackCalls } = createCliWorld();
    const { sessionId } = await world.admit({ threadTs: '1.1' });
    expect(await retitleSession(deployment, sessionId, ' Plans  for May ')).toEqual({
      json: { sessionId, title: 'Plans for May', slack: 'renamed' },
      text: 'The session is called “Plans for May”.',
    });
    expect(await world.session(sessionId)).toMatchObject({ title: 'Plans for May', titleBy: 'person' });
    expect(slackCalls).toEqual([
      {
        method: 'agents.sessions.rename',
        args: { channel_id: 'C1', thread_ts: '1.1', title: 'Plans for May' },
      },
    ]);
  });

  it('stands where Slack refuses it, and says so', async () => {
    const { world, deployment, slack } = createCliWorld();
    slack.refuses = 'session_not_found';
    const { sessionId } = await world.admit();
    const told = await retitleSession(deployment, sessionId, 'Plans');
    expect(told.text).toMatch(/Slack still shows its own title: agents\.sessions\.rename: session_not_found/);
    expect(await world.session(sessionId)).toMatchObject({ title: 'Plans' });
  });

  it.each(['', '  ', 'x'.repeat(201)])('refuses the title %j', async (title) => {
    const { deployment } = createCliWorld();
    await expect(retitleSession(deployment, 's', title)).rejects.toThrow(/1 to 200 characters/);
  });
});
