import { describe, expect, it, vi } from 'vitest';
import type { Admission, InboundPost } from '../../sessions/inbound-post.ts';
import type { RenameOutcome } from '../../sessions/rename-session.ts';
import type { StopWordOutcome } from '../../turns/stop-word.ts';
import { type EventDeps, handleSlackEvent } from './handle-event.ts';
import type { HttpRequest } from './request-bytes.ts';
import { signatureOf } from './verify-request.ts';

const now = 1_700_000_000_000;
const timestamp = String(now / 1000);

function signed(body: string | Buffer, change: Record<string, string | undefined> = {}): HttpRequest {
  const bytes = Buffer.from(body);
  const signature = signatureOf('shh', timestamp, bytes);
  const headers = { 'x-slack-request-timestamp': timestamp, 'x-slack-signature': signature, ...change };
  return { headers, body: bytes.toString('base64'), isBase64Encoded: true };
}

function setUp(admission: Partial<Admission> = {}) {
  const taken: string[] = [];
  const deps = {
    signingSecret: vi.fn(async (): Promise<string | undefined> => 'shh'),
    admitPost: vi.fn(async (_: InboundPost) => {
      taken.push('admitted');
      return { outcome: 'started', turnId: 't1', sessionId: 's1', ...admission } as Admission;
    }),
    stopSession: vi.fn(async () => 'stopped'),
    stopByWord: vi.fn(async (_: InboundPost): Promise<StopWordOutcome> => 'ordinary'),
    renameSession: vi.fn(async (): Promise<RenameOutcome> => 'renamed'),
    requestNotice: vi.fn(async () => {}),
    log: { info: vi.fn(), warn: vi.fn(), error: vi.fn() },
    now: () => now,
  } satisfies EventDeps;
  const stored = () =>
    deps.admitPost.mock.calls.length +
    deps.stopSession.mock.calls.length +
    deps.renameSession.mock.calls.length +
    deps.requestNotice.mock.calls.length;
  return { deps, stored };
}

const event = {
  type: 'app_mention',
  user: 'U1',
  text: '<@UBOT> hi',
  ts: '1.1',
  channel: 'C1',
  event_ts: '1.1',
};
const renamed = {
  type: 'agent_session_title_changed',
  channel: 'C1',
  user: 'U1',
  thread_ts: '1.0',
  title: ' Plans\nfor May ',
  event_ts: '1700000000.5',
};
const callback = (inner: unknown) =>
  JSON.stringify({
    type: 'event_callback',
    api_app_id: 'A1',
    team_id: 'T1',
    event_id: 'Ev1',
    authorizations: [{ team_id: 'T1', user_id: 'UBOT', is_bot: true }],
    event: inner,
  });

describe('handleSlackEvent', () => {
  it('admits a mention and answers 200 with nothing', async () => {
    const { deps } = setUp();
    const answer = await handleSlackEvent(deps, signed(callback(event)));
    expect(answer).toMatchObject({ status: 200, body: '', outcome: 'started', level: 'info' });
    expect(answer.fields).toMatchObject({ eventId: 'Ev1', turnId: 't1', sessionId: 's1' });
    expect(deps.admitPost.mock.calls).toEqual([[expect.objectContaining({ text: 'hi', channel: 'C1' })]]);
  });

  it('G-28 a retry is an event like any other: admission knows it by its id', async () => {
    const { deps } = setUp({ outcome: 'duplicate' });
    const retry = signed(callback(event), {
      'x-slack-retry-num': '2',
      'x-slack-retry-reason': 'http_timeout',
    });
    expect(await handleSlackEvent(deps, retry)).toMatchObject({ status: 200, outcome: 'duplicate' });
    expect(deps.admitPost).toHaveBeenCalledOnce();
  });

  it('S-10 a retry whose first delivery was lost is admitted', async () => {
    const { deps } = setUp();
    const retry = signed(callback(event), { 'x-slack-retry-num': '3' });
    expect(await handleSlackEvent(deps, retry)).toMatchObject({ status: 200, outcome: 'started' });
  });

  it('S-11 a failure of ours is thrown, so that Slack delivers again', async () => {
    const { deps } = setUp();
    deps.admitPost.mockRejectedValueOnce(new Error('table is down'));
    await expect(handleSlackEvent(deps, signed(callback(event)))).rejects.toThrow('table is down');
  });

  it('answers the URL check with its challenge', async () => {
    const { deps, stored } = setUp();
    const answer = await handleSlackEvent(deps, signed('{"type":"url_verification","challenge":"c1"}'));
    expect(answer).toMatchObject({ status: 200, body: '{"challenge":"c1"}' });
    expect(answer.headers['content-type']).toBe('application/json');
    expect(stored()).toBe(0);
  });

  it('does not answer an unsigned URL check', async () => {
    const { deps } = setUp();
    const answer = await handleSlackEvent(deps, { body: '{"type":"url_verification","challenge":"c1"}' });
    expect(answer.status).toBe(400);
    expect(answer.body).not.toContain('c1');
  });

  it('tells a person whose message found no room, and nobody else', async () => {
    const { deps } = setUp({ outcome: 'full' });
    expect(await handleSlackEvent(deps, signed(callback(event)))).toMatchObject({
      status: 200,
      outcome: 'full',
    });
    expect(deps.requestNotice.mock.calls).toEqual([
      [
        expect.objectContaining({
          userId: 'U1',
          channel: 'C1',
          threadTs: '1.1',
          text: expect.stringContaining('waiting'),
        }),
      ],
    ]);
  });

  it('51: tells a person who sent too many within a minute', async () => {
    const { deps } = setUp({ outcome: 'too_many' });
    expect(await handleSlackEvent(deps, signed(callback(event)))).toMatchObject({ outcome: 'too_many' });
    expect(deps.requestNotice.mock.calls).toEqual([
      [
        expect.objectContaining({
          userId: 'U1',
          text: expect.stringMatching(/within a minute.*send it again/),
        }),
      ],
    ]);
  });

  it.each<[StopWordOutcome, number]>([
    ['requested', 0],
    ['stopped', 0],
    ['done', 0],
    ['nothing_to_stop', 1],
  ])(
    'a stop word (%s) is admitted as nothing, and said only where nothing runs',
    async (outcome, notices) => {
      const { deps } = setUp();
      deps.stopByWord.mockResolvedValue(outcome);
      const answer = await handleSlackEvent(deps, signed(callback({ ...event, text: '<@UBOT> stop' })));
      expect(answer).toMatchObject({ status: 200, outcome: 'stop_word', fields: { stop: outcome } });
      expect(deps.stopByWord.mock.calls).toEqual([
        [expect.objectContaining({ text: 'stop', channel: 'C1' })],
      ]);
      expect(deps.admitPost).not.toHaveBeenCalled();
      expect(deps.requestNotice.mock.calls).toHaveLength(notices);
      if (notices)
        expect(deps.requestNotice.mock.calls).toEqual([
          [expect.objectContaining({ userId: 'U1', text: 'Nothing is running here.' })],
        ]);
    },
  );

  it('hands a title that a person gave on', async () => {
    const { deps } = setUp();
    expect(await handleSlackEvent(deps, signed(callback(renamed)))).toMatchObject({
      outcome: 'rename',
      fields: { renamed: 'renamed' },
    });
    expect(deps.renameSession.mock.calls).toEqual([
      [
        expect.objectContaining({
          channel: 'C1',
          threadTs: '1.0',
          title: 'Plans for May',
          at: 1_700_000_000_500,
        }),
      ],
    ]);
    expect(deps.admitPost).not.toHaveBeenCalled();
  });

  it('answers 200 when even that cannot be told', async () => {
    const { deps } = setUp({ outcome: 'full' });
    deps.requestNotice.mockRejectedValueOnce(new Error('queue is down'));
    expect(await handleSlackEvent(deps, signed(callback(event)))).toMatchObject({ status: 200 });
    expect(deps.log.error).toHaveBeenCalledOnce();
  });

  it("hands Slack's stop button on", async () => {
    const { deps } = setUp();
    const stop = {
      type: 'agent_session_stopped',
      channel: 'C1',
      user: 'U1',
      thread_ts: '1.0',
      event_ts: '1700000000.5',
    };
    expect(await handleSlackEvent(deps, signed(callback(stop)))).toMatchObject({
      status: 200,
      outcome: 'stop',
    });
    expect(deps.stopSession.mock.calls).toEqual([
      [
        {
          appId: 'A1',
          installationId: 'T1',
          channel: 'C1',
          threadTs: '1.0',
          by: 'U1',
          at: 1_700_000_000_500,
        },
      ],
    ]);
    expect(deps.admitPost).not.toHaveBeenCalled();
  });

  const good = callback(event);
  const notUtf8 = Buffer.concat([Buffer.from('{"type":"'), Buffer.from([0xff]), Buffer.from('"}')]);
  const bad: [string, HttpRequest, number, string][] = [
    ['no headers', { body: good }, 400, 'missing_headers'],
    ['no signature', signed(good, { 'x-slack-signature': undefined }), 400, 'missing_headers'],
    ['no timestamp', signed(good, { 'x-slack-request-timestamp': undefined }), 400, 'missing_headers'],
    [
      'a wrong signature',
      signed(good, { 'x-slack-signature': `v0=${'a'.repeat(64)}` }),
      403,
      'bad_signature',
    ],
    ['a signature that is none', signed(good, { 'x-slack-signature': 'x' }), 403, 'bad_signature'],
    ['a timestamp that is none', signed(good, { 'x-slack-request-timestamp': 'now' }), 403, 'bad_timestamp'],
    [
      'a stale timestamp',
      signed(good, { 'x-slack-request-timestamp': String(now / 1000 - 301) }),
      403,
      'stale',
    ],
    [
      'a timestamp ahead',
      signed(good, { 'x-slack-request-timestamp': String(now / 1000 + 301) }),
      403,
      'stale',
    ],
    [
      'a body changed on the way',
      { ...signed(good), body: Buffer.from(`${good} `).toString('base64') },
      403,
      'bad_signature',
    ],
    ['a body that is not UTF-8', signed(notUtf8), 400, 'malformed'],
    ['broken JSON', signed('{"type":'), 400, 'malformed'],
    ['no body', signed(''), 400, 'malformed'],
    ['a form', signed('payload=%7B%7D'), 400, 'malformed'],
    ['an envelope without event', signed(callback(undefined)), 400, 'malformed'],
  ];
  it.each(bad)('G-27 refuses %s', async (_, request, status, outcome) => {
    const { deps, stored } = setUp();
    const answer = await handleSlackEvent(deps, request);
    expect(answer).toMatchObject({ status, outcome, level: 'warn' });
    expect(JSON.parse(answer.body)).toEqual({ error: expect.stringMatching(/^[\w ./-]+$/) });
    expect(answer.headers['x-slack-no-retry']).toBe('1');
    expect(stored()).toBe(0);
  });

  it.each([undefined, ''])(
    'G-27 without a secret (%j) it is our own fault, and Slack may try again',
    async (secret) => {
      const { deps, stored } = setUp();
      deps.signingSecret.mockResolvedValue(secret);
      const answer = await handleSlackEvent(deps, signed(good));
      expect(answer).toMatchObject({ status: 500, outcome: 'no_secret', level: 'error' });
      expect(answer.headers['x-slack-no-retry']).toBeUndefined();
      expect(stored()).toBe(0);
    },
  );

  it.each([
    ['an unknown outer type', '{"type":"something_new"}', 'ignored'],
    ['an unknown event', callback({ type: 'team_join', user: { id: 'U1' } }), 'ignored'],
    ['our own message', callback({ ...event, user: 'UBOT' }), 'ignored'],
    ['a title of our own', callback({ ...renamed, user: 'UBOT' }), 'ignored'],
    ['an event that is half there', callback({ type: 'message' }), 'ignored'],
    ['a rate limit notice', '{"type":"app_rate_limited","team_id":"T1"}', 'app_rate_limited'],
  ])('takes note of %s and does nothing', async (_, body, outcome) => {
    const { deps, stored } = setUp();
    expect(await handleSlackEvent(deps, signed(body))).toMatchObject({ status: 200, body: '', outcome });
    expect(stored()).toBe(0);
  });

  it('says nothing of texts, signatures or secrets to the log', async () => {
    const { deps } = setUp();
    const request = signed(callback({ ...event, text: '<@UBOT> the launch is on Friday' }));
    const { fields } = await handleSlackEvent(deps, request);
    const told = JSON.stringify([fields, deps.log.info.mock.calls, deps.log.warn.mock.calls]);
    for (const secret of ['launch', 'shh', request.headers?.['x-slack-signature'] ?? '-'])
      expect(told).not.toContain(secret);
  });
});
