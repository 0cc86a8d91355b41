import { ErrorCode, LogLevel, WebClient, type WebClientOptions } from '@slack/web-api';
import { expect, test } from 'vitest';
import { GENERAL, REQUESTER, type Scene, SEED, scene, task } from './support.ts';

/** Slack's own client against the simulator, without its retries. */
function clientOf({ slack }: Scene, options: WebClientOptions = {}): WebClient {
  const defaults = { retryConfig: { retries: 0 }, rejectRateLimitedCalls: true, timeout: 5_000 };
  return new WebClient(SEED.botToken, {
    slackApiUrl: slack.apiUrl,
    logLevel: LogLevel.ERROR,
    logger: silent,
    ...defaults,
    ...options,
  });
}

const silent = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  setLevel() {},
  getLevel: () => LogLevel.ERROR,
  setName() {},
};

test("§12 Slack's own client streams: text, cards and blocks, and stops with metadata", async () => {
  const setting = await scene();
  const { slack } = setting;
  const { ts: threadTs } = await slack.post({ user: REQUESTER, channel: GENERAL, text: 'hi' });
  const stream = clientOf(setting).chatStream({
    channel: GENERAL,
    thread_ts: threadTs,
    recipient_user_id: REQUESTER,
    recipient_team_id: SEED.team,
    buffer_size: 1,
  });
  await stream.append({ markdown_text: '- a\n' });
  await stream.append({ markdown_text: '- b\n', chunks: [task('t', 'Look', 'complete') as never] });
  await stream.stop({
    blocks: [{ type: 'divider' }],
    metadata: { event_type: 'turn', event_payload: { id: '1' } },
  });
  const message = await slack.waitForMessage({ thread_ts: threadTs, streaming_state: 'completed' });
  expect(message.blocks.map(({ type }) => type)).toEqual(['rich_text', 'task_card', 'divider']);
  expect(message).toMatchObject({ text: '• a\n• b', metadata: { event_type: 'turn' } });
  const methods = (await slack.calls()).map((call) => [call.method, call.ok, call.unknownArguments]);
  expect(methods).toEqual([
    ['chat.startStream', true, []],
    ['chat.appendStream', true, []],
    ['chat.stopStream', true, []],
  ]);
});

test("§11 Slack's own client uploads in three steps", async () => {
  const setting = await scene();
  await clientOf(setting).filesUploadV2({
    channel_id: GENERAL,
    filename: 'a.csv',
    title: 'Numbers',
    file: Buffer.from('a,b\n'),
    initial_comment: 'Here',
  });
  const message = await setting.slack.waitForMessage({ textIncludes: 'Here' });
  expect(message.files).toMatchObject([{ name: 'a.csv', title: 'Numbers', size: 4 }]);
  const calls = (await setting.slack.calls()).map(({ method, ok }) => [method, ok]);
  expect(calls).toEqual([
    ['files.getUploadURLExternal', true],
    ['upload_url', true],
    ['files.completeUploadExternal', true],
  ]);
});

/** [what happens, the fault, the client's error code] */
const FAILURES: [string, Parameters<Scene['slack']['fault']>[0], string][] = [
  ['429 with Retry-After', { effect: 'rate_limited', retryAfter: 3 }, ErrorCode.RateLimitedError],
  ['503', { effect: 'http_error' }, ErrorCode.HTTPError],
  ['a lost request', { effect: 'drop_request' }, ErrorCode.RequestError],
  ['a reset connection', { effect: 'reset' }, ErrorCode.RequestError],
  ['a platform error', { effect: 'error', error: 'fatal_error' }, ErrorCode.PlatformError],
  ['HTML instead of JSON', { effect: 'html' }, ErrorCode.PlatformError],
  ['half an answer', { effect: 'truncated_json' }, ErrorCode.PlatformError],
];

test.each(FAILURES)("§12 Slack's own client names %s", async (_what, fault, code) => {
  const setting = await scene();
  await setting.slack.fault({ ...fault, times: 1 });
  const failed: unknown = await clientOf(setting)
    .chat.postMessage({ channel: GENERAL, text: 'x' })
    .catch((error: unknown) => error);
  expect(failed).toMatchObject({ code });
});

test('§2 429 without a valid Retry-After is a plain error for it', async () => {
  const setting = await scene();
  for (const retryAfter of [null, 'soon']) {
    await setting.slack.fault({ effect: 'rate_limited', retryAfter, times: 1 });
    const failed: unknown = await clientOf(setting)
      .chat.postMessage({ channel: GENERAL, text: 'x' })
      .catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(Error);
    expect(String(failed)).toMatch(/retry/i);
  }
});

test('§12 the token among the arguments, and fields of a multipart form', async () => {
  const { slack } = await scene();
  const body = new FormData();
  for (const [name, value] of Object.entries({ token: SEED.botToken, channel: GENERAL, text: 'form' })) {
    body.set(name, value);
  }
  const response = await fetch(`${slack.apiUrl}chat.postMessage`, { method: 'POST', body });
  expect(await response.json()).toMatchObject({ ok: true });
  const [call] = await slack.calls();
  expect(call?.args.token).toBe(`xoxb-…${SEED.botToken.slice(-4)}`);
});
