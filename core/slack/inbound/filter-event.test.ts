import { describe, expect, it } from 'vitest';
import { type FilterOptions, filterEvent } from './filter-event.ts';
import type { EventEnvelope } from './parse-event.ts';

function envelope(event: Record<string, unknown>): EventEnvelope {
  return {
    appId: 'A1',
    installationId: 'T1',
    eventId: 'Ev1',
    botUserId: 'UBOT',
    teamId: 'T1',
    at: 0,
    type: String(event.type),
    event,
  };
}

const mention = {
  type: 'app_mention',
  user: 'U1',
  text: '<@UBOT> hi',
  ts: '1.1',
  channel: 'C1',
  event_ts: '1.1',
};
const direct = { type: 'message', user: 'U1', text: 'hi', ts: '1.1', channel: 'D1', channel_type: 'im' };
const channelPost = {
  type: 'message',
  user: 'U1',
  text: 'hi',
  ts: '1.1',
  channel: 'C1',
  channel_type: 'channel',
};
const file = { id: 'F1', name: 'a.txt' };

const renamed = {
  type: 'agent_session_title_changed',
  channel: 'C1',
  user: 'U1',
  thread_ts: '1.0',
  title: 'Plans',
  event_ts: '2.0',
};

describe('filterEvent', () => {
  const posts: [string, Record<string, unknown>][] = [
    ['a mention in a channel', mention],
    ['a mention in a thread', { ...mention, thread_ts: '1.0' }],
    ['a mention and nothing else: somebody calls', { ...mention, text: '<@UBOT>' }],
    ['a direct message', direct],
    ['a direct message in a thread', { ...direct, thread_ts: '1.0' }],
    ['a direct message where Slack names no channel type', { ...direct, channel_type: undefined }],
    ['a direct message in the app home', { ...direct, channel_type: 'app_home' }],
    ['a file with a text', { ...direct, subtype: 'file_share', files: [file] }],
    ['a file without a text', { ...direct, subtype: 'file_share', text: '', files: [file] }],
    ['G-30 the message twin of a mention', { ...channelPost, text: 'hello <@UBOT>, hi' }],
    ['the message twin with the name in the mention', { ...channelPost, text: '<@UBOT|agent> hi' }],
    ['a mention in a group conversation', { ...channelPost, channel_type: 'mpim', text: '<@UBOT> hi' }],
    ['S-12 a post that mentions another app too', { ...channelPost, text: '<@UOTHER> <@UBOT> hi' }],
  ];
  it.each(posts)('takes %s', (_, event) => {
    expect(filterEvent(envelope(event))).toEqual({ kind: 'post' });
  });

  const ignored: [string, Record<string, unknown>, string][] = [
    ['an edit', { ...direct, subtype: 'message_changed', hidden: true }, 'message_changed'],
    ['a deletion', { ...direct, subtype: 'message_deleted', hidden: true }, 'message_deleted'],
    [
      'somebody who joined',
      { ...channelPost, subtype: 'channel_join', text: '<@UBOT> has joined' },
      'channel_join',
    ],
    [
      'a broadcast reply',
      { ...channelPost, subtype: 'thread_broadcast', text: '<@UBOT> hi' },
      'thread_broadcast',
    ],
    ['a mention that came in by an edit', { ...mention, edited: { user: 'U1', ts: '1.2' } }, 'edited'],
    ['what is hidden', { ...direct, hidden: true }, 'hidden'],
    ['nothing', { ...direct, text: '' }, 'empty'],
    ['spaces', { ...direct, text: ' \n ' }, 'empty'],
    ['a text that is no text', { ...direct, text: { a: 1 } }, 'empty'],
    ['another bot', { ...mention, bot_id: 'B2', bot_profile: { app_id: 'A2' } }, 'bot'],
    [
      'another bot of the old kind',
      { ...direct, user: undefined, subtype: 'bot_message', bot_id: 'B2' },
      'bot',
    ],
    ['Slackbot', { ...direct, user: 'USLACKBOT' }, 'bot'],
    ['G-34 our own message, by user id', { ...direct, user: 'UBOT' }, 'own'],
    ['G-34 our own message, by app', { ...direct, bot_id: 'B1', bot_profile: { app_id: 'A1' } }, 'own'],
    ['G-34 our own message that mentions us', { ...mention, user: 'UBOT', bot_id: 'B1' }, 'own'],
    ['S-24 talk in a channel', channelPost, 'not_mentioned'],
    ['S-24 talk in a thread', { ...channelPost, thread_ts: '1.0' }, 'not_mentioned'],
    ['talk in a group conversation', { ...channelPost, channel_type: 'mpim' }, 'not_mentioned'],
    [
      'a mention of a user whose id begins like ours',
      { ...channelPost, text: '<@UBOT2> hi' },
      'not_mentioned',
    ],
    ['our name without a mention', { ...channelPost, text: 'UBOT hi' }, 'not_mentioned'],
    ['a message without author', { ...direct, user: undefined }, 'incomplete'],
    ['a message without ts', { ...direct, ts: undefined }, 'incomplete'],
    ['a ts that is none', { ...direct, ts: '1.1#2' }, 'incomplete'],
    ['a thread ts that is none', { ...direct, thread_ts: {} }, 'incomplete'],
    ['a message without channel', { ...mention, channel: undefined }, 'incomplete'],
    ['a reaction', { type: 'reaction_added', user: 'U1' }, 'unknown_event'],
    ['an event of the future', { type: 'something_new' }, 'unknown_event'],
    ['a title of our own that comes back', { ...renamed, user: 'UBOT' }, 'own'],
    ['a title without thread', { ...renamed, thread_ts: undefined }, 'incomplete'],
    ['a title that is empty', { ...renamed, title: ' ' }, 'incomplete'],
    ['a stop without thread', { type: 'agent_session_stopped', channel: 'C1', user: 'U1' }, 'incomplete'],
  ];
  it.each(ignored)('ignores %s', (_, event, reason) => {
    expect(filterEvent(envelope(event))).toEqual({ kind: 'ignored', reason });
  });

  it.each<[string, Record<string, unknown>, FilterOptions, string]>([
    ['another bot is heard when that is wanted', { ...mention, bot_id: 'B2' }, { otherBots: true }, 'post'],
    ['our own user never is', { ...mention, user: 'UBOT' }, { otherBots: true }, 'own'],
    ['our own bot id never is', { ...mention, bot_id: 'B1' }, { otherBots: true, botId: 'B1' }, 'own'],
    ['our own app never is', { ...mention, bot_id: 'B3', app_id: 'A1' }, { otherBots: true }, 'own'],
  ])('G-34 %s', (_, event, options, expected) => {
    const decision = filterEvent(envelope(event), options);
    expect(decision.kind === 'ignored' ? decision.reason : decision.kind).toBe(expected);
  });

  it("knows Slack's stop button", () => {
    const event = {
      type: 'agent_session_stopped',
      channel: 'C1',
      user: 'U1',
      thread_ts: '1.0',
      event_ts: '2.0',
    };
    expect(filterEvent(envelope(event))).toEqual({ kind: 'stop' });
  });

  it('knows a title that a person gave', () => {
    expect(filterEvent(envelope(renamed))).toEqual({ kind: 'rename' });
  });
});
