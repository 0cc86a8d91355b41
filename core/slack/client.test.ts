import { describe, expect, it } from 'vitest';
import { SlackCallError } from './api.ts';
import { createSlackConnect } from './client.ts';

const token = 'xoxb-very-secret';

/** A Web API that answers as told, and remembers how often it was asked. */
function aSlack(answer: () => Promise<Response> | Response) {
  const asked: string[] = [];
  const connect = createSlackConnect({
    slackApiUrl: 'http://slack.test/api',
    timeoutMs: 200,
    fetch: async (url) => {
      asked.push(String(url));
      return answer();
    },
  });
  return { asked, slack: connect(token), connect };
}

const json = (body: unknown, init: ResponseInit = {}) =>
  new Response(JSON.stringify(body), { headers: { 'content-type': 'application/json' }, ...init });

describe('the Slack client', () => {
  it.each([
    [
      'an error of Slack',
      () => json({ ok: false, error: 'channel_not_found' }),
      { kind: 'platform', code: 'channel_not_found' },
    ],
    [
      'a 429',
      () => json({ ok: false }, { status: 429, headers: { 'retry-after': '7' } }),
      { kind: 'rate_limited', retryAfterMs: 7_000 },
    ],
    [
      'a 429 without Retry-After',
      () => json({ ok: false }, { status: 429 }),
      { kind: 'rate_limited', retryAfterMs: 30_000 },
    ],
    [
      'a rate limit as a body',
      () => json({ ok: false, error: 'ratelimited' }),
      { kind: 'rate_limited', retryAfterMs: 30_000 },
    ],
    ['a 503', () => new Response('no', { status: 503 }), { kind: 'unknown', detail: 'HTTP 503' }],
    ['a page of HTML', () => new Response('<html>Sorry</html>'), { kind: 'unknown', detail: 'not JSON' }],
    [
      'no connection',
      () =>
        Promise.reject(
          new TypeError('fetch failed', { cause: Object.assign(new Error('x'), { code: 'ECONNRESET' }) }),
        ),
      { kind: 'unknown', detail: 'ECONNRESET' },
    ],
  ])('tells %s apart, and sends once', async (_what, answer, failure) => {
    const { slack, asked } = aSlack(answer);
    const error = await slack
      .call('chat.postMessage', { channel: 'C1', text: 'private' })
      .catch((thrown) => thrown);
    expect(error).toBeInstanceOf(SlackCallError);
    expect(error.failure).toMatchObject(failure);
    expect(asked).toEqual(['http://slack.test/api/chat.postMessage']);
    expect(JSON.stringify([error, error.message, error.stack, error.cause])).not.toMatch(/xoxb|private/);
  });

  it('gives back what Slack answers', async () => {
    const { slack } = aSlack(() => json({ ok: true, ts: '1.2' }));
    expect(await slack.call('chat.postMessage', {})).toMatchObject({ ts: '1.2' });
  });

  it('keeps one client per token', () => {
    const { connect, slack } = aSlack(() => json({ ok: true }));
    expect(connect(token)).toBe(slack);
    expect(connect('xoxb-other')).not.toBe(slack);
  });
});
