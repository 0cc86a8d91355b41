import { createHmac, timingSafeEqual } from 'node:crypto';
import { expect, test } from 'vitest';
import { signatureHeaders } from '../../local/slack/events/sign.ts';
import { GENERAL, REQUESTER, type Received, scene } from './support.ts';

const SECRET = '8f742231b10e8888abcd99yyyzzz85a5';
const BODY =
  'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c';

/** The rule of §7 once more, by other means than the simulator's. */
function isSigned({ headers, body }: Received, secret: string): boolean {
  const timestamp = String(headers['x-slack-request-timestamp']);
  const mac = createHmac('sha256', secret)
    .update(Buffer.from(`v0:${timestamp}:${body}`, 'utf8'))
    .digest('hex');
  return timingSafeEqual(Buffer.from(`v0=${mac}`), Buffer.from(String(headers['x-slack-signature'])));
}

test('§7 the test vector', () => {
  expect(signatureHeaders(SECRET, 1_531_420_618, BODY)['x-slack-signature']).toBe(
    'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503',
  );
});

test('§7 events, interactions, commands, suggestions and pings are all signed over their bytes', async () => {
  const { slack, received, appUrl, api } = await scene({ signingSecret: SECRET });
  await slack.setApp({ commandsUrl: `${appUrl}/commands`, optionsUrl: `${appUrl}/options` });
  const elements = [{ type: 'external_select', action_id: 'es' }];
  const { ts } = await api('chat.postMessage', {
    channel: GENERAL,
    text: 'grüße 🎉',
    blocks: [{ type: 'actions', elements }],
  });
  const at = { user: REQUESTER, channel: GENERAL };
  await slack.suggest({ ...at, ts: String(ts), action_id: 'es', value: 'größe' });
  await slack.shortcut({ user: REQUESTER, callback_id: 'new_request' });
  await slack.command({ ...at, text: '/sluice grüße' });
  await slack.sslCheck({ command: '/sluice' });
  await slack.verifyUrl();
  await slack.waitForDelivery({ type: 'message', state: 'acknowledged' });
  expect(received).toHaveLength(6);
  expect(received.map((one) => isSigned(one, SECRET))).toEqual(Array(6).fill(true));
  expect(isSigned(received[0] as Received, 'another')).toBe(false);
});

test('§7 clock skew: a delivery is signed with a timestamp that is off, its retries too', async () => {
  const { slack, received, reply } = await scene({ signingSecret: SECRET, retryScale: 0 });
  await slack.setApp({ subscriptions: ['app_mention'] });
  await slack.faultDelivery({ effect: 'skew', skewSeconds: -301, times: 1 });
  reply(({ headers }) => ({ status: headers['x-slack-retry-num'] ? 200 : 401 }));
  const before = Math.floor(Date.now() / 1000);
  await slack.post({ user: REQUESTER, channel: GENERAL, text: '@sluice late' });
  await slack.waitForDelivery({ state: 'acknowledged', attempts: 2 });
  await slack.post({ user: REQUESTER, channel: GENERAL, text: '@sluice in time' });
  await slack.waitForDelivery({ state: 'acknowledged', count: 2 });
  const [late, again, good] = received.map(({ headers }) => Number(headers['x-slack-request-timestamp']));
  expect(late).toBeLessThanOrEqual(before - 299);
  expect(again).toBeLessThanOrEqual(before - 299);
  expect(good).toBeGreaterThanOrEqual(before);
  expect(received.every((one) => isSigned(one, SECRET))).toBe(true);
});
