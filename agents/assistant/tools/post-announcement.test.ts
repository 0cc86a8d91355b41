import { expect, test } from 'vitest';
import { runTool } from '../../../core/index.ts';
import { fakeSlack, refusal, type SlackScript, toolContext } from '../../../test/support/fake-slack.ts';
import { assistant } from '../agent.ts';
import { postAnnouncement } from './post-announcement.ts';

async function post(input: object, script: SlackScript = {}) {
  const { slack, calls } = fakeSlack({
    'chat.postMessage': ({ channel }) => ({ channel, ts: '1.2', message: {} }),
    ...script,
  });
  return { outcome: await runTool(postAnnouncement, input, toolContext(slack)), calls };
}

test('it needs approval, is not run twice, and anyone in the thread may decide', () => {
  expect(postAnnouncement.effect).toBe('customer_facing');
  expect(postAnnouncement.idempotent).toBe(false);
  expect(assistant.approval.tools.post_announcement?.approvers).toEqual({ who: 'anyone' });
});

test.each([
  ['an id', 'C024BE91L'],
  ['a link', '<#C024BE91L|general>'],
  ['a bare link', '<#C024BE91L>'],
])('a channel named by %s is posted to at once', async (_name, channel) => {
  const { outcome, calls } = await post({ channel, text: 'Lunch is **ready**' });
  expect(outcome).toEqual({ kind: 'output', value: { posted: true, channel: 'C024BE91L', ts: '1.2' } });
  expect(calls).toEqual([
    {
      method: 'chat.postMessage',
      args: {
        channel: 'C024BE91L',
        markdown_text: 'Lunch is **ready**',
        metadata: { event_type: 'sluice_announcement', event_payload: { idempotency_key: 't1.c1' } },
      },
    },
  ]);
});

test('a #name is looked up page by page', async () => {
  const pages: SlackScript = {
    'conversations.list': ({ cursor }) =>
      cursor
        ? { channels: [{ id: 'C2', name: 'release-notes' }] }
        : { channels: [{ id: 'C1', name: 'general' }], response_metadata: { next_cursor: 'p2' } },
  };
  const { outcome, calls } = await post({ channel: '#Release-Notes', text: 'x' }, pages);
  expect(outcome).toMatchObject({ value: { channel: 'C2' } });
  expect(calls.map(({ method }) => method)).toEqual([
    'conversations.list',
    'conversations.list',
    'chat.postMessage',
  ]);
  const { outcome: none, calls: asked } = await post({ channel: '#nowhere', text: 'x' }, pages);
  expect(none).toEqual({ kind: 'error', text: expect.stringContaining('no public channel named #nowhere') });
  expect(asked.map(({ method }) => method)).not.toContain('chat.postMessage');
});

test.each([
  [refusal('not_in_channel'), /not a member of that channel/],
  [refusal('channel_not_found'), /knows no such channel/],
  [refusal('is_archived'), /archived/],
  [{ kind: 'unknown', detail: 'timeout' } as const, /unknown whether this was done/],
])('a refused post is told in words: %o', async (failure, expected) => {
  const { outcome } = await post({ channel: 'C2', text: 'x' }, { 'chat.postMessage': failure });
  expect(outcome).toEqual({ kind: 'error', text: expect.stringMatching(expected) });
});

test.each([
  ['two words', { channel: 'not a channel', text: 'x' }],
  ['no text', { channel: 'C024BE91L', text: ' ' }],
  ['more than fits into a message', { channel: 'C024BE91L', text: 'x'.repeat(12_001) }],
])('%s is refused before Slack is asked', async (_name, input) => {
  const { outcome, calls } = await post(input);
  expect(outcome.kind).toBe('error');
  expect(calls).toEqual([]);
});

test('T-68 whole channels and groups are not notified, and the preview shows what will be posted', async () => {
  const text = '<!channel> <!here|here> <!subteam^S1|@ops> see <@U2>';
  const inert = '@channel @here @ops see <@U2>';
  const { calls } = await post({ channel: '<#C024BE91L|general>', text });
  expect(calls[0]?.args.markdown_text).toBe(inert);
  expect(postAnnouncement.preview({ channel: '<#C024BE91L|general>', text })).toEqual([
    { label: 'Channel', value: 'C024BE91L' },
    { label: 'Text', value: inert },
  ]);
});
