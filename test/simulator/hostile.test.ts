import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { METHODS } from '../../local/slack/api/methods.ts';
import { DM, GENERAL, REQUESTER, SEED, scene } from './support.ts';

const deep = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);
const FORM = 'application/x-www-form-urlencoded';

type Answer = { ok: boolean; error?: string };

async function call(
  url: string,
  body: string | Uint8Array<ArrayBuffer>,
  type: string | undefined,
): Promise<Answer> {
  const headers = {
    authorization: `Bearer ${SEED.botToken}`,
    ...(type === undefined ? {} : { 'content-type': type }),
  };
  const response = await fetch(url, { method: 'POST', headers, body });
  expect(response.status).toBe(200);
  return (await response.json()) as Answer;
}

test.each([
  ['a form without boundary', 'multipart/form-data', 'x', 'invalid_form_data'],
  ['a form without parts', 'multipart/form-data; boundary=abc', 'x', 'invalid_form_data'],
  ['half JSON', 'application/json', '{', 'invalid_json'],
  ['JSON 100,000 deep', 'application/json', `{"text":${deep(100_000)}}`, 'invalid_json'],
  ['a JSON list', 'application/json', '[]', 'json_not_object'],
  ['an unknown charset', 'application/json; charset=ebcdic', '{}', 'invalid_charset'],
  ['plain text', 'text/plain', 'a=b', 'invalid_post_type'],
  ['name[]', FORM, 'channel[]=C1', 'invalid_array_arg'],
  ['name[0]', FORM, 'channel[0]=C1', 'invalid_array_arg'],
  ['a name with a space', FORM, 'a%20b=1', 'invalid_arg_name'],
  ['a name of 256 characters', FORM, `${'a'.repeat(256)}=1`, 'invalid_arg_name'],
  ['a list 100,000 deep', FORM, `channel=${GENERAL}&blocks=${deep(100_000)}`, 'invalid_blocks_format'],
])('§1.6 generic: %s', async (_what, type, body, error) => {
  const { slack } = await scene({ withApp: false });
  expect(await call(`${slack.apiUrl}chat.postMessage`, body, type)).toMatchObject({ ok: false, error });
});

test('§1.6 generic: bytes without a type are missing_post_type; no path below /api is known that is no method', async () => {
  const { slack } = await scene({ withApp: false });
  const bytes = new Uint8Array([65]);
  const url = `${slack.apiUrl}auth.test`;
  expect(await call(url, bytes, undefined)).toMatchObject({ error: 'missing_post_type' });
  for (const path of ['', 'a/b', '__proto__', 'constructor', '%00']) {
    expect(await call(`${slack.apiUrl}${path}`, '', FORM)).toMatchObject({ error: 'unknown_method' });
  }
});

test('§1.6 a JSON member __proto__ is an argument like any other: nothing is inherited from it', async () => {
  const { slack } = await scene({ withApp: false });
  const body = `{"__proto__":{"channel":"${GENERAL}"},"constructor":"x","text":"hi"}`;
  const answer = await call(`${slack.apiUrl}chat.postMessage`, body, 'application/json');
  expect(answer).toMatchObject({
    error: 'invalid_arguments',
    response_metadata: { messages: ['[ERROR] missing required field: channel'] },
  });
  const [logged] = await slack.calls();
  expect(logged?.unknownArguments).toEqual(['__proto__', 'constructor']);
});

/** Values that break programs that trust their input. */
const HOSTILE = fc.oneof(
  fc.constantFrom<unknown>(
    ...[GENERAL, DM, REQUESTER, SEED.team, '__proto__', 'toString', '', ' ', '0', '-1', 'NaN', '1e999'],
    ...['null', '[]', '{}', '[[]]', '[null]', '{"type":"modal"}', '\u0000', '\ud800', 'a'.repeat(50_000)],
    ...[true, false, null, 0, -1, 1.5, 1e300, [], {}, [null], [[]], { type: 'section' }, [{ type: 'table' }]],
    '[{"type":"section","text":null}]',
    deep(400),
  ),
  fc.string({ unit: 'binary' }),
  fc.jsonValue(),
);

test('§1.6 every method answers hostile arguments with ok or one of Slack’s codes, never by failing', async () => {
  const { slack } = await scene({ withApp: false });
  await slack.setRateLimits({ enabled: false });
  const failures = vi.spyOn(console, 'error');
  // Those end the token or the app for all that follow.
  const ending = ['auth.revoke', 'apps.uninstall'];
  for (const [name, { args }] of Object.entries(METHODS)) {
    if (ending.includes(name)) continue;
    const names = Object.keys(args);
    const given = fc.record(Object.fromEntries(names.map((one) => [one, HOSTILE])), { requiredKeys: [] });
    const samples = fc.sample(fc.tuple(given, fc.boolean()), { numRuns: 12, seed: 4 });
    for (const [values, json] of samples) {
      const fields = Object.entries(values).map(([key, value]): [string, string] => [
        key,
        typeof value === 'string' ? value : JSON.stringify(value),
      ]);
      const body = json ? JSON.stringify(values) : new URLSearchParams(fields).toString();
      const answer = await call(`${slack.apiUrl}${name}`, body, json ? 'application/json' : FORM);
      expect(answer.ok || /^[a-z_]+$/.test(answer.error ?? ''), `${name} ${body.slice(0, 200)}`).toBe(true);
      expect(answer.error, `${name} ${body.slice(0, 200)}`).not.toBe('fatal_error');
    }
  }
  expect(failures).not.toHaveBeenCalled();
  failures.mockRestore();
});

test('the admin API refuses a pattern that is none, and goes on', async () => {
  const { slack } = await scene({ withApp: false });
  await expect(slack.waitForMessage({ textMatches: '(' }, 10)).rejects.toThrow('regular expression');
  expect((await slack.state()).messages).toEqual([]);
});

test('§11 a broken form at the upload URL is refused, not fatal', async () => {
  const { slack, api } = await scene({ withApp: false });
  const url = `${slack.apiUrl}files.getUploadURLExternal`;
  const asked = (await call(url, 'filename=a.txt&length=3', FORM)) as Answer & { upload_url: string };
  const headers = { 'content-type': 'multipart/form-data' };
  const sent = await fetch(asked.upload_url, { method: 'POST', headers, body: 'x' });
  expect(sent.status).toBe(400);
  expect(await api('auth.test')).toMatchObject({ ok: true });
});

test.each([
  ['open marks', ' *a'.repeat(13_000)],
  ['three marks', '*_~'.repeat(13_000)],
  ['brackets', '<!a'.repeat(13_000)],
])('mrkdwn: 40,000 characters of %s are read at once', async (_what, text) => {
  const { api } = await scene({ withApp: false });
  const began = performance.now();
  expect(await api('chat.postMessage', { channel: GENERAL, text })).toMatchObject({ ok: true });
  expect(performance.now() - began).toBeLessThan(1_500);
});
