import { expect, test } from 'vitest';
import { runTool } from '../../../core/index.ts';
import { fakeSlack, refusal, type SlackScript, toolContext } from '../../../test/support/fake-slack.ts';
import { currentTime } from './current-time.ts';

async function tell(input: object, script: SlackScript = { 'users.info': { user: { tz: 'Europe/Paris' } } }) {
  const { slack, calls } = fakeSlack(script);
  return { outcome: await runTool(currentTime, input, toolContext(slack)), calls };
}

test('the asker’s own zone by default', async () => {
  const { outcome, calls } = await tell({});
  expect(calls).toEqual([{ method: 'users.info', args: { user: 'U1' } }]);
  expect(outcome).toEqual({
    kind: 'output',
    value: {
      local: 'Friday, 6 November 2026, 13:34',
      timeZone: 'Europe/Paris',
      utc: '2026-11-06T12:34:00.000Z',
    },
  });
});

test('a named zone asks Slack nothing', async () => {
  const { outcome, calls } = await tell({ timeZone: 'Asia/Tokyo' });
  expect(calls).toEqual([]);
  expect(outcome).toMatchObject({
    value: { local: 'Friday, 6 November 2026, 21:34', timeZone: 'Asia/Tokyo' },
  });
});

test('where Slack does not tell the zone it is UTC, and says so', async () => {
  for (const script of [{ 'users.info': refusal('missing_scope') }, { 'users.info': { user: {} } }]) {
    const { outcome } = await tell({}, script);
    expect(outcome).toMatchObject({
      value: { timeZone: 'UTC', note: expect.stringContaining('could not be found out') },
    });
  }
});

test('a zone that is none is told to the model', async () => {
  const { outcome } = await tell({ timeZone: 'Middle/Earth' });
  expect(outcome).toEqual({ kind: 'error', text: expect.stringContaining('“Middle/Earth” is no time zone') });
});
