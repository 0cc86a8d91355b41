import { describe, expect, it } from 'vitest';
import { parseEvent } from './parse-event.ts';

const callback = {
  token: 'dep',
  team_id: 'T1',
  api_app_id: 'A1',
  type: 'event_callback',
  event_id: 'Ev1',
  event_time: 1_700_000_000,
  authorizations: [
    { enterprise_id: null, team_id: 'T1', user_id: 'UBOT', is_bot: true, is_enterprise_install: false },
  ],
  event: { type: 'app_mention', user: 'U1', text: '<@UBOT> hi', ts: '1700000000.000100', channel: 'C1' },
};
const parse = (body: unknown) => parseEvent(JSON.stringify(body));

describe('parseEvent', () => {
  it('reads the envelope', () => {
    expect(parse(callback)).toEqual({
      kind: 'event',
      envelope: {
        appId: 'A1',
        installationId: 'T1',
        eventId: 'Ev1',
        botUserId: 'UBOT',
        teamId: 'T1',
        at: 1_700_000_000_000,
        type: 'app_mention',
        event: callback.event,
      },
    });
  });

  it('G-30 takes the installation from the authorization, not from the team a shared channel names', () => {
    const shared = parse({ ...callback, team_id: 'T9', context_team_id: 'T9' });
    expect(shared).toMatchObject({ envelope: { installationId: 'T1', teamId: 'T9' } });
  });

  it('takes the enterprise where the install is org-wide', () => {
    const [authorization] = callback.authorizations;
    const org = { ...authorization, enterprise_id: 'E1', team_id: 'T2', is_enterprise_install: true };
    expect(parse({ ...callback, authorizations: [org] })).toMatchObject({
      envelope: { installationId: 'E1' },
    });
  });

  it('falls back to the team where nobody is named as authorized', () => {
    expect(parse({ ...callback, authorizations: undefined })).toMatchObject({
      envelope: { installationId: 'T1', botUserId: undefined },
    });
  });

  it.each([
    [
      'url_verification',
      { type: 'url_verification', challenge: 'c', token: 't' },
      { kind: 'url_verification', challenge: 'c' },
    ],
    ['app_rate_limited', { type: 'app_rate_limited', team_id: 'T1' }, { kind: 'rate_limited', teamId: 'T1' }],
    ['an unknown type', { type: 'something_new' }, { kind: 'ignored', reason: 'unknown_type' }],
  ])('%s', (_, body, expected) => {
    expect(parse(body)).toEqual(expected);
  });

  const { event_id: _, ...withoutId } = callback;
  it.each([
    ['no JSON', '{"type":', 'not_json'],
    ['nothing', '', 'not_json'],
    ['a list', '[]', 'not_json'],
    ['null', 'null', 'not_json'],
    ['a word', '"event_callback"', 'not_json'],
    ['no type', '{}', 'no_type'],
    ['a type that is no text', '{"type":1}', 'no_type'],
    ['no challenge', '{"type":"url_verification"}', 'no_challenge'],
    ['no event', JSON.stringify({ ...callback, event: null }), 'no_event'],
    ['an event without type', JSON.stringify({ ...callback, event: {} }), 'no_event'],
    ['no event id', JSON.stringify(withoutId), 'no_ids'],
    ['an event id that is no id', JSON.stringify({ ...callback, event_id: 'a b#c' }), 'no_ids'],
    [
      'an event id of 5,000 characters',
      JSON.stringify({ ...callback, event_id: 'E'.repeat(5000) }),
      'no_ids',
    ],
    ['an app id that is an object', JSON.stringify({ ...callback, api_app_id: {} }), 'no_ids'],
    ['no team at all', JSON.stringify({ ...callback, team_id: null, authorizations: [] }), 'no_installation'],
    [
      'an org install without its organisation',
      JSON.stringify({ ...callback, authorizations: [{ is_enterprise_install: true, team_id: 'T1' }] }),
      'no_installation',
    ],
  ])('refuses %s', (_, text, reason) => {
    expect(parseEvent(text)).toEqual({ kind: 'malformed', reason });
  });
});
