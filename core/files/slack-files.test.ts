import { expect, it } from 'vitest';
import type { JsonObject } from '../../local/slack/json.ts';
import { GENERAL, REQUESTER, type Scene, SEED, scene } from '../../test/simulator/support.ts';
import { createMemoryStore } from '../../test/support/memory-store.ts';
import { png, zip } from '../../test/support/small-files.ts';
import type { MessageRecord } from '../sessions/record.ts';
import { defaultLimits } from '../settings.ts';
import { createSlackConnect } from '../slack/client.ts';
import { parseEvent } from '../slack/inbound/parse-event.ts';
import { toPost } from '../slack/inbound/to-post.ts';
import { type LoadFilesDeps, loadFiles } from './load-files.ts';

/** From an upload in the simulator by the event that it sends to what the model gets, with the real client. */

function depsFor({ slack }: Scene, botToken = SEED.botToken): LoadFilesDeps {
  const bucket = new Map<string, Uint8Array>();
  const connect = createSlackConnect({ slackApiUrl: slack.apiUrl, timeoutMs: 5_000 });
  const none = () => Promise.reject(new Error('Files are no JSON.'));
  return {
    store: createMemoryStore(),
    bodies: {
      put: none,
      get: none,
      putBytes: async (key, bytes) => void bucket.set(key, bytes),
      getBytes: async (key) => bucket.get(key) ?? none(),
    },
    slack: async () => connect(botToken),
    limits: defaultLimits,
    now: Date.now,
    signal: new AbortController().signal,
    facts: { model: 'anthropic/claude' },
    log: { info() {}, warn() {}, error() {} },
  };
}

const place = { sessionId: 's1', turnId: 't1', installationId: SEED.team };

/** What the app's entry makes of the delivered event. */
function messageOf(payload: JsonObject | undefined): MessageRecord {
  const parsed = parseEvent(JSON.stringify(payload));
  const post = parsed.kind === 'event' ? toPost(parsed.envelope) : undefined;
  if (!post) throw new Error('The event is no post.');
  return { v: 1, sessionId: 's1', seq: 1, turnId: 't1', role: 'user', post, at: 0 };
}

async function mention(setting: Scene, files: { name: string; content: string | Uint8Array<ArrayBuffer> }[]) {
  await setting.slack.upload({ user: REQUESTER, channel: GENERAL, text: '@sluice look', files });
  const { payload } = await setting.slack.waitForDelivery({ type: 'app_mention' });
  return messageOf(payload as JsonObject);
}

it('56 a picture, a page of HTML and an archive, from upload to model', async () => {
  const setting = await scene();
  const page = '<!DOCTYPE html><html><body>shared on purpose</body></html>';
  const message = await mention(setting, [
    { name: 'shot.png', content: Uint8Array.from(png()) },
    { name: 'page.html', content: page },
    { name: 'all.zip', content: Uint8Array.from(zip()) },
  ]);
  const { files, refused } = await loadFiles(depsFor(setting), place, [message]);
  const [shot, html] = (message.post?.files ?? []).map(({ id }) => files.get(id));
  expect(shot).toMatchObject({ kind: 'image', mediaType: 'image/png' });
  expect(shot?.kind === 'image' && Buffer.from(shot.data).equals(png())).toBe(true);
  expect(html).toEqual({ kind: 'text', name: 'page.html', text: page });
  expect(refused).toEqual([
    { fileId: message.post?.files[2]?.id, name: 'all.zip', reason: expect.stringContaining('(zip archive') },
  ]);
});

it('56 a file that came over Slack Connect is asked for by its id, and gets its name', async () => {
  const setting = await scene();
  await setting.slack.upload({
    user: 'U0PARTNER00',
    channel: 'C0SHARED000',
    text: '@sluice look',
    files: [{ name: 'theirs.csv', content: 'a,b' }],
  });
  const { payload } = await setting.slack.waitForDelivery({ type: 'app_mention' });
  const message = messageOf(payload as JsonObject);
  const [reference] = message.post?.files ?? [];
  expect(reference?.name).toBe(reference?.id);
  const { files } = await loadFiles(depsFor(setting), place, [message]);
  expect([...files.values()]).toEqual([{ kind: 'text', name: 'theirs.csv', text: 'a,b' }]);
});

it('56 without the scope files:read people are told whom to ask', async () => {
  const setting = await scene();
  const message = await mention(setting, [{ name: 'a.txt', content: 'hello' }]);
  await setting.slack.setInstallation({ scopes: ['chat:write'] });
  const { refused } = await loadFiles(depsFor(setting), place, [message]);
  expect(refused[0]?.reason).toMatch(/^a\.txt: .* administrator .* scope files:read/);
});

it.each([
  ['the sign-in page instead of the file', { effect: 'html' }, /scope files:read/, 1],
  ['Slack being down', { effect: 'http_error', status: 503 }, /Slack did not send me this file/, 3],
] as const)('56 %s ends in a sentence', async (_what, fault, reason, tries) => {
  const setting = await scene();
  const message = await mention(setting, [{ name: 'a.txt', content: 'hello' }]);
  await setting.slack.fault({ method: 'file_url', ...fault });
  const { refused } = await loadFiles(depsFor(setting), place, [message]);
  expect(refused).toEqual([
    expect.objectContaining({ name: 'a.txt', reason: expect.stringMatching(reason) }),
  ]);
  expect(await setting.slack.calls({ method: 'file_url' })).toHaveLength(tries);
});

it('56 a connection that breaks once is no failure', async () => {
  const setting = await scene();
  const message = await mention(setting, [{ name: 'a.txt', content: 'hello' }]);
  await setting.slack.fault({ method: 'file_url', effect: 'drop_request', times: 1 });
  const { files } = await loadFiles(depsFor(setting), place, [message]);
  expect([...files.values()]).toEqual([{ kind: 'text', name: 'a.txt', text: 'hello' }]);
});

it('56 what is too large is not read to its end', async () => {
  const setting = await scene();
  const message = await mention(setting, [{ name: 'a.txt', content: 'x'.repeat(5_000) }]);
  // As if the message had not said how large it is.
  const [reference] = message.post?.files ?? [];
  if (reference) reference.size = 0;
  const deps = { ...depsFor(setting), limits: { ...defaultLimits, fileBytes: 1_000 } };
  const { refused } = await loadFiles(deps, place, [message]);
  expect(refused[0]?.reason).toMatch(/^a\.txt: this file is larger than/);
});
