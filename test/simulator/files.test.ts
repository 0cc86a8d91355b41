import { expect, test } from 'vitest';
import type { Json, JsonObject } from '../../local/slack/json.ts';
import { GENERAL, messagesOf, REQUESTER, type Scene, SEED, scene } from './support.ts';

const BYTES = 'name,value\na,1\n';
const authorization = `Bearer ${SEED.botToken}`;

/** Calls by a form, as these methods want it. */
async function form(setting: Scene, method: string, args: Record<string, string>): Promise<JsonObject> {
  const response = await fetch(setting.slack.apiUrl + method, {
    method: 'POST',
    headers: { authorization },
    body: new URLSearchParams(args),
  });
  return (await response.json()) as JsonObject;
}

const promise = (setting: Scene, args: Record<string, string> = {}) =>
  form(setting, 'files.getUploadURLExternal', { filename: 'a.csv', length: String(BYTES.length), ...args });

/** Steps 1 and 2. */
async function uploaded(setting: Scene): Promise<string> {
  const { upload_url, file_id } = await promise(setting);
  await fetch(String(upload_url), { method: 'POST', body: BYTES });
  return String(file_id);
}

const complete = (setting: Scene, args: Record<string, Json>) =>
  setting.api('files.completeUploadExternal', args);

test('§11 three steps: URL, bytes, completion; then the message with the file, a little later', async () => {
  const setting = await scene();
  const { slack } = setting;
  const { ts: threadTs } = await slack.post({ user: REQUESTER, channel: GENERAL, text: 'hi' });
  const { upload_url, file_id } = await promise(setting, { alt_txt: 'A table' });
  const body = new FormData();
  body.set('body', new Blob([BYTES]), 'Untitled');
  const sent = await fetch(String(upload_url), { method: 'POST', headers: { authorization }, body });
  expect([sent.status, await sent.text()]).toEqual([200, `OK - ${BYTES.length}`]);
  const id = String(file_id);
  const done = await complete(setting, {
    files: [{ id, title: 'Numbers' }],
    channel_id: GENERAL,
    thread_ts: threadTs,
    initial_comment: 'See *here*',
  });
  expect(done).toEqual({ ok: true, files: [{ id, title: 'Numbers' }] });
  const message = await slack.waitForMessage({ thread_ts: threadTs, textIncludes: 'here' });
  expect(message.files).toMatchObject([
    {
      id,
      name: 'a.csv',
      title: 'Numbers',
      mimetype: 'text/csv',
      size: BYTES.length,
      mode: 'hosted',
      alt_txt: 'A table',
    },
  ]);
  const { payload } = (await slack.deliveries({ type: 'message' })).at(-1) ?? {};
  expect(payload).toMatchObject({ event: { subtype: 'file_share', upload: false, files: [{ id }] } });
  const { messages } = (await setting.api('conversations.replies', { channel: GENERAL, ts: threadTs })) as {
    messages: JsonObject[];
  };
  expect(messages[1]).toMatchObject({ text: 'See *here*', files: [{ id, url_private: expect.any(String) }] });
});

test('§11 getUploadURLExternal takes forms only, and checks its arguments', async () => {
  const setting = await scene();
  const json = await setting.api('files.getUploadURLExternal', { filename: 'a', length: 1 });
  expect(messagesOf(json)).toEqual([
    '[ERROR] missing required field: filename',
    '[ERROR] missing required field: length',
  ]);
  expect(await promise(setting, { length: '0' })).toMatchObject({ error: 'invalid_arguments' });
  expect(await promise(setting, { alt_txt: 'x'.repeat(1001) })).toMatchObject({ error: 'invalid_arguments' });
  expect(await promise(setting, { alt_txt: 'x'.repeat(1000) })).toMatchObject({ ok: true });
  await setting.slack.setInstallation({ scopes: ['files:read'] });
  expect(await promise(setting)).toMatchObject({ error: 'missing_scope', needed: 'files:write' });
});

test('§11 the upload URL: the announced length, its own address only', async () => {
  const setting = await scene();
  const { upload_url, file_id } = await promise(setting);
  const send = (url: string, body: string) => fetch(url, { method: 'POST', body });
  expect((await send(String(upload_url), 'short')).status).toBe(400);
  expect((await send(`${setting.slack.url}/upload/v1/nobody`, BYTES)).status).toBe(404);
  const unsent = await complete(setting, { files: [{ id: String(file_id) }] });
  expect(unsent).toMatchObject({ error: 'file_not_found' });
  expect((await send(String(upload_url), BYTES)).status).toBe(200);
  expect(await complete(setting, { files: [{ id: String(file_id) }] })).toMatchObject({ ok: true });
  expect((await send(String(upload_url), BYTES)).status).toBe(404);
});

test('§11 completeUploadExternal: errors, and nothing is shared', async () => {
  const setting = await scene();
  const id = await uploaded(setting);
  const files = [{ id }];
  expect(await complete(setting, { files: [] })).toMatchObject({ error: 'invalid_arguments' });
  expect(await complete(setting, { files: [{}] })).toMatchObject({ error: 'invalid_arguments' });
  expect(await complete(setting, { files: [{ id: 'F404' }] })).toMatchObject({ error: 'file_not_found' });
  expect(await complete(setting, { files, channel_id: 'C404' })).toMatchObject({
    error: 'channel_not_found',
  });
  expect(await complete(setting, { files, thread_ts: '1.000001' })).toMatchObject({
    error: 'invalid_arguments',
  });
  const elsewhere = { files, channel_id: GENERAL, thread_ts: '1700000000.000001' };
  expect(await complete(setting, elsewhere)).toMatchObject({ error: 'thread_not_found' });
  const blocks = [{ type: 'section' }];
  expect(await complete(setting, { files, channel_id: GENERAL, blocks })).toMatchObject({
    error: 'invalid_blocks',
  });
  expect((await setting.slack.state()).messages).toEqual([]);
  expect(await complete(setting, { files })).toMatchObject({ ok: true });
});

test('§11 completeUploadExternal: blocks instead of a comment, several channels', async () => {
  const setting = await scene();
  const files = [{ id: await uploaded(setting) }];
  const channels = `${GENERAL},${SEED.channels.team}`;
  await complete(setting, { files, channels, blocks: [{ type: 'divider' }] });
  const shared = await setting.slack.waitForMessages({ fromBot: true, count: 2 });
  expect(shared.map(({ channel }) => channel)).toEqual([GENERAL, SEED.channels.team]);
  for (const message of shared) expect(message.blocks).toMatchObject([{ type: 'divider' }]);
});

test('§11 download: the bytes for the bearer token with files:read, else a login page with 200', async () => {
  const setting = await scene();
  const { slack } = setting;
  const { files } = await slack.upload({
    user: REQUESTER,
    channel: GENERAL,
    files: [{ name: 'a.csv', content: BYTES }],
  });
  const url = files?.[0]?.url_private ?? '';
  const get = async (address: string, token?: string) => {
    const response = await fetch(address, token === undefined ? {} : { headers: { authorization: token } });
    return [response.status, response.headers.get('content-type'), await response.text()];
  };
  expect(await get(url, authorization)).toEqual([200, 'text/csv', BYTES]);
  expect(await get(files?.[0]?.url_private_download ?? '', authorization)).toEqual([200, 'text/csv', BYTES]);
  const page = [200, 'text/html; charset=utf-8', expect.stringContaining('<html')];
  expect(await get(url)).toEqual(page);
  expect(await get(url, 'Bearer xoxb-nobody')).toEqual(page);
  await slack.setInstallation({ scopes: ['files:write'] });
  expect(await get(url, authorization)).toEqual(page);
});

test('§11 download: not of a conversation that the bot is not in', async () => {
  const { slack } = await scene();
  const { files } = await slack.upload({
    user: SEED.people.reviewer,
    channel: SEED.channels.private,
    files: [{ name: 'secret.txt', content: 'x' }],
  });
  const response = await fetch(files?.[0]?.url_private ?? '', { headers: { authorization } });
  expect(response.headers.get('content-type')).toContain('text/html');
});

test('§6 file_share: a person drops files on a thread', async () => {
  const { slack } = await scene();
  const { ts: threadTs } = await slack.post({ user: REQUESTER, channel: GENERAL, text: 'hi' });
  const message = await slack.upload({
    user: REQUESTER,
    channel: GENERAL,
    thread_ts: threadTs,
    text: '@sluice look',
    files: [
      { name: 'a.csv', content: BYTES },
      { name: 'b.png', content: new Uint8Array([1, 2, 3]) },
    ],
  });
  expect(message).toMatchObject({ threadTs, text: `<@${SEED.botUser}> look` });
  const { payload } = await slack.waitForDelivery({ type: 'app_mention' });
  expect(payload).toMatchObject({
    event: {
      files: [
        { name: 'a.csv', filetype: 'csv' },
        { filetype: 'png', size: 3 },
      ],
    },
  });
});

test('§11 Slack Connect: a message has only the id, files.info has the rest; by option all at once', async () => {
  const { slack, api } = await scene();
  const send = async () => {
    await slack.upload({
      user: 'U0PARTNER00',
      channel: 'C0SHARED000',
      files: [{ name: 'a.csv', content: BYTES }],
    });
    const { messages } = (await api('conversations.history', { channel: 'C0SHARED000', limit: 1 })) as {
      messages: { files: JsonObject[] }[];
    };
    return messages[0]?.files[0] ?? {};
  };
  const file = await send();
  expect(file).toMatchObject({ mode: 'file_access', file_access: 'check_file_info' });
  expect(file).not.toHaveProperty('url_private');
  const { file: whole } = (await api('files.info', { file: String(file.id) })) as { file: JsonObject };
  expect(whole).toMatchObject({ name: 'a.csv', url_private: expect.stringContaining('http') });
  const setting = { slack, api } as Scene;
  const own = await uploaded(setting);
  await complete(setting, { files: [{ id: own }], channel_id: 'C0SHARED000', initial_comment: 'mine' });
  const mine = await slack.waitForMessage({ textIncludes: 'mine' });
  expect(mine.files?.[0]?.file_access).toBeUndefined();
  await slack.setOptions({ connectFileCheck: false });
  expect(await send()).toMatchObject({ name: 'a.csv', url_private: expect.any(String) });
});

test('§11 files.list by channel and person, newest first; files.delete for own files only', async () => {
  const setting = await scene();
  const { slack, api } = setting;
  const { files: theirs } = await slack.upload({
    user: REQUESTER,
    channel: GENERAL,
    files: [{ name: 'theirs.txt', content: 'x' }],
  });
  const own = await uploaded(setting);
  await complete(setting, { files: [{ id: own }], channel_id: GENERAL, initial_comment: 'mine' });
  await slack.waitForMessage({ textIncludes: 'mine' });
  const names = async (args: Record<string, Json> = {}) => {
    const answer = (await api('files.list', args)) as { files: { name: string }[] };
    return answer.files.map(({ name }) => name);
  };
  expect(await names()).toEqual(['a.csv', 'theirs.txt']);
  expect(await names({ user: REQUESTER })).toEqual(['theirs.txt']);
  expect(await names({ channel: SEED.channels.team })).toEqual([]);
  expect(await names({ count: 1, page: 2 })).toEqual(['theirs.txt']);
  const file = theirs?.[0]?.id ?? '';
  expect(await api('files.delete', { file })).toMatchObject({ error: 'cant_delete_file' });
  expect(await api('files.delete', { file: own })).toEqual({ ok: true });
  expect(await api('files.info', { file: own })).toMatchObject({ error: 'file_not_found' });
  expect((await slack.waitForMessage({ textIncludes: 'mine' })).files).toEqual([]);
});

test('files are kept in memory up to a limit, and what is beyond is said', async () => {
  const setting = await scene({ filesMaxBytes: 20 });
  await uploaded(setting);
  const more = { user: REQUESTER, channel: GENERAL, files: [{ name: 'b', content: 'more than five' }] };
  await expect(setting.slack.upload(more)).rejects.toThrow(/409[\s\S]*filesMaxBytes/);
  const { upload_url } = await promise(setting);
  const sent = await fetch(String(upload_url), { method: 'POST', body: BYTES });
  expect([sent.status, await sent.text()]).toEqual([413, expect.stringContaining('filesMaxBytes')]);
  await setting.slack.reset();
  await setting.slack.upload(more);
});

test('deleting a file makes room for another', async () => {
  const setting = await scene({ filesMaxBytes: BYTES.length });
  const file = await uploaded(setting);
  await complete(setting, { files: [{ id: file }] });
  await setting.api('files.delete', { file });
  expect(await complete(setting, { files: [{ id: await uploaded(setting) }] })).toMatchObject({ ok: true });
});

test('the page reads files without a token, and their code cannot run there', async () => {
  const { slack } = await scene();
  const { files } = await slack.upload({
    user: REQUESTER,
    channel: GENERAL,
    files: [{ name: 'a.html', content: '<script>alert(1)</script>' }],
  });
  const response = await fetch(`${slack.url}/_admin/files/${files?.[0]?.id}`);
  expect(response.headers.get('content-security-policy')).toContain('sandbox');
  expect(await response.text()).toContain('script');
});

test('§11 an upload without a channel, as a file input of a modal does it', async () => {
  const { slack } = await scene();
  const body = new FormData();
  body.set('user', REQUESTER);
  body.set('file', new Blob(['x']), 'a.txt');
  const response = await fetch(`${slack.url}/_admin/act/upload`, { method: 'POST', body });
  expect(await response.json()).toMatchObject({ files: [{ name: 'a.txt', size: 1 }] });
  expect((await slack.state()).messages).toEqual([]);
});

test('faults hit the upload URL and the download URL too', async () => {
  const setting = await scene();
  await setting.slack.fault({ method: 'upload_url', effect: 'http_error', status: 500, times: 1 });
  const { upload_url } = await promise(setting);
  expect((await fetch(String(upload_url), { method: 'POST', body: BYTES })).status).toBe(500);
  expect((await fetch(String(upload_url), { method: 'POST', body: BYTES })).status).toBe(200);
  const calls = await setting.slack.calls({ method: 'upload_url' });
  expect(calls).toMatchObject([
    { status: 500, ok: false, applied: false, fault: 'http_error' },
    { status: 200, ok: true, applied: true },
  ]);
});
