import { describe, expect, it } from 'vitest';
import { createMemoryStore } from '../../test/support/memory-store.ts';
import { pdf, png, zip } from '../../test/support/small-files.ts';
import type { FileReference, MessageRecord } from '../sessions/record.ts';
import { defaultLimits, type Limits } from '../settings.ts';
import { SlackCallError, type SlackClient } from '../slack/api.ts';
import { SlackFileError } from '../slack/file-error.ts';
import { keys } from '../store/keys.ts';
import { type LoadFilesDeps, loadFiles } from './load-files.ts';
import type { FileRecord } from './record.ts';

const place = { sessionId: 's1', turnId: 't1', installationId: 'T1' };
const DAY = 86_400_000;

type Answer = Buffer | SlackFileError | ((signal: AbortSignal) => Promise<Buffer>);

/** A session's files on a store in memory, in front of a Slack that has the given ones. */
function aSession(slackFiles: Record<string, Answer> = {}, limits: Partial<Limits> = {}) {
  const store = createMemoryStore();
  const bucket = new Map<string, Uint8Array>();
  const downloads: string[] = [];
  const warned: string[] = [];
  const abort = new AbortController();
  let [now, running, most] = [1_800_000_000_000, 0, 0];
  const slack: SlackClient = {
    async call<T>(method: string, args: Record<string, unknown>) {
      const id = String(args.file);
      if (!(id in slackFiles))
        throw new SlackCallError(method, { kind: 'platform', code: 'file_not_found', messages: [] });
      return { file: { id, url_private: `https://files.slack.com/${id}` } } as T;
    },
    async download(url, { signal }) {
      const id = url.split('/').at(-1) ?? '';
      downloads.push(id);
      most = Math.max(most, ++running);
      await new Promise((resolve) => setImmediate(resolve));
      running--;
      const answer = slackFiles[id];
      if (answer instanceof SlackFileError || !answer) throw answer;
      return { bytes: typeof answer === 'function' ? await answer(signal) : answer, contentType: '' };
    },
  };
  const deps: LoadFilesDeps = {
    store,
    bodies: {
      put: () => Promise.reject(new Error('Files are no JSON.')),
      get: () => Promise.reject(new Error('Files are no JSON.')),
      putBytes: async (key, bytes) => void bucket.set(key, Uint8Array.from(bytes)),
      getBytes: async (key) => {
        const bytes = bucket.get(key);
        if (!bytes) throw new Error('Access denied');
        return bytes;
      },
    },
    slack: async () => slack,
    limits: { ...defaultLimits, ...limits },
    now: () => now,
    signal: abort.signal,
    facts: { model: 'openai/gpt' },
    log: { info() {}, warn: (message) => void warned.push(message), error() {} },
  };
  return {
    deps,
    store,
    bucket,
    downloads,
    warned,
    abort,
    mostAtOnce: () => most,
    later: (ms: number) => {
      now += ms;
    },
    record: (fileId: string) => store.get<FileRecord>(keys.file('s1', fileId)),
    load: (messages: readonly MessageRecord[], over: Partial<LoadFilesDeps> = {}, recovered = false) =>
      loadFiles({ ...deps, ...over }, { ...place, recovered }, messages),
  };
}

const file = (id: string, name = `${id}.bin`, size = 1): FileReference => ({
  id,
  name,
  // Whatever Slack says: the bytes decide.
  mimetype: 'application/x-anything',
  size,
});

let seq = 0;
function posting(...files: FileReference[]): MessageRecord {
  return saying('look', files);
}

function saying(text: string, files: FileReference[] = []): MessageRecord {
  const post = { text, author: { userId: 'U1', teamId: 'T1' }, messageTs: `1.${seq}`, files };
  return { v: 1, sessionId: 's1', seq: seq++, turnId: 't1', role: 'user', post, at: 0 };
}

describe('56 files of a conversation', () => {
  it('reach the model as what their bytes say, and are kept with the session', async () => {
    const session = aSession({ FA: png(), FB: pdf(), FC: Buffer.from('a,b\n1,2') });
    const history = [posting(file('FA', 'a.exe'), file('FB', 'b\u202E.txt')), posting(file('FC', 'c.png'))];
    const { files, refused } = await session.load(history);
    expect(refused).toEqual([]);
    expect(files.get('FA')).toMatchObject({ kind: 'image', mediaType: 'image/png' });
    expect(files.get('FB')).toMatchObject({ kind: 'pdf', name: 'b.txt' });
    expect(files.get('FC')).toEqual({ kind: 'text', name: 'c.png', text: 'a,b\n1,2' });
    const image = files.get('FA');
    expect(image?.kind === 'image' && Buffer.from(image.data).equals(png())).toBe(true);
    expect(await session.record('FB')).toEqual({
      ...keys.file('s1', 'FB'),
      v: 1,
      sessionId: 's1',
      fileId: 'FB',
      name: 'b.txt',
      mediaType: 'application/pdf',
      bytes: pdf().length,
      key: 'files/s1/FB',
      status: 'stored',
      turnId: 't1',
      userId: 'U1',
      installationId: 'T1',
      at: 1_800_000_000_000,
    });
  });

  it('are downloaded once; a file of a later message is one more', async () => {
    const session = aSession({ FA: png(), FB: png() });
    const first = posting(file('FA'));
    await session.load([first]);
    const { files } = await session.load([first, posting(file('FB'))]);
    expect([...files.keys()].sort()).toEqual(['FA', 'FB']);
    expect(session.downloads).toEqual(['FA', 'FB']);
  });

  it('cost nothing where there are none', async () => {
    const session = aSession();
    const store = new Proxy(session.store, {
      get: () => () => {
        throw new Error('Nothing is to be read.');
      },
    });
    expect((await session.load([saying('hi')], { store })).files.size).toBe(0);
  });

  it('come four at a time', async () => {
    const ids = Array.from({ length: 10 }, (_, n) => `F${n}`);
    const session = aSession(Object.fromEntries(ids.map((id) => [id, png()])));
    await session.load([posting(...ids.map((id) => file(id)))]);
    expect([session.downloads.length, session.mostAtOnce()]).toEqual([10, 4]);
  });

  it('are 50 in one session; those beyond are refused, and what cannot be read takes no place', async () => {
    const ids = Array.from({ length: 6 }, (_, n) => `F${n}`);
    const all = Object.fromEntries(ids.map((id) => [id, id === 'F1' ? zip() : png()]));
    const session = aSession(all, { filesPerSession: 3 });
    const { files, refused } = await session.load([posting(...ids.map((id) => file(id)))]);
    expect(ids.filter((id) => files.get(id)?.kind === 'image')).toEqual(['F0', 'F2', 'F3']);
    expect(refused.map(({ fileId }) => fileId)).toEqual(['F1', 'F4', 'F5']);
    expect(refused[1]?.reason).toBe(
      'F4.bin: this conversation already has the 3 files that it can have. Begin a new thread for more.',
    );
    expect(session.downloads).not.toContain('F5');
  });

  it('a long text keeps its beginning and end', async () => {
    const session = aSession({ FA: Buffer.from(`first ${'x'.repeat(80_000)} last`) });
    const content = (await session.load([posting(file('FA'))])).files.get('FA');
    if (content?.kind !== 'text') throw new Error('It is text.');
    expect(content.text.length).toBeLessThanOrEqual(50_000);
    expect(content.text).toMatch(/^first x+\n\n\[… \d+ of 80011 characters left out …\]\n\nx+ last$/);
  });
});

describe('56 what is refused', () => {
  it.each<[string, Answer, FileReference, RegExp]>([
    ['an archive', zip(), file('FA', 'report.zip'), /^report\.zip: this kind of file \(zip archive/],
    ['an empty file', Buffer.alloc(0), file('FA'), /this file is empty\.$/],
    ['half an image', png().subarray(0, 30), file('FA'), /this PNG image is damaged or incomplete/],
    ['an image of too many pixels', png(8_001, 1), file('FA'), /more than 8,000 pixels/],
    ['an encrypted PDF', pdf('/Encrypt 5 0 R'), file('FA'), /protected by encryption/],
    ['text in an old encoding', Buffer.from('caf\xe9\n', 'latin1'), file('FA'), /Save it as UTF-8/],
    ['what Slack says is too large', png(), file('FA', 'a', 11_000_000), /larger than the 10 MB that I read/],
    ['what is too large after all', new SlackFileError('too_large', ''), file('FA'), /larger than the 10 MB/],
    ['what was deleted', new SlackFileError('gone', ''), file('FA'), /Slack no longer has this file/],
    ['what the token may not have', new SlackFileError('forbidden', ''), file('FA'), /scope files:read/],
    ['what is kept elsewhere', new SlackFileError('external', ''), file('FA'), /kept outside Slack/],
    ['a canvas', new SlackFileError('document', ''), file('FA'), /canvases/],
  ])('%s is named to the person, once, and not tried again', async (_what, answer, reference, reason) => {
    const session = aSession({ FA: answer });
    const history = [posting(reference)];
    const first = await session.load(history);
    expect(first.refused).toEqual([
      { fileId: 'FA', name: reference.name, reason: expect.stringMatching(reason) },
    ]);
    expect(first.refused[0]?.reason.startsWith(`${reference.name}: `)).toBe(true);
    const asked = session.downloads.length;
    const second = await session.load(history);
    expect(second.refused).toEqual([]);
    expect(second.files.get('FA')).toMatchObject({ kind: 'refused', reason: first.refused[0]?.reason });
    expect([session.downloads.length, session.bucket.size]).toEqual([asked, 0]);
  });

  it('an image beyond the limit is refused, a PDF of that size is not', async () => {
    const large = (head: Buffer) => Buffer.concat([head, Buffer.alloc(2_000)]);
    const session = aSession({ FA: large(png()), FB: large(pdf()) }, { imageBytes: 1_000 });
    const { files } = await session.load([posting(file('FA'), file('FB'))]);
    expect([files.get('FA')?.kind, files.get('FB')?.kind]).toEqual(['refused', 'pdf']);
  });

  it('is told again by a run that follows a broken one, and by no other turn', async () => {
    const session = aSession({ FA: zip() });
    const history = [posting(file('FA'))];
    await session.load(history);
    expect((await session.load(history, {}, true)).refused).toHaveLength(1);
    const other = { ...place, turnId: 't2', recovered: true };
    expect((await loadFiles(session.deps, other, history)).refused).toEqual([]);
  });

  it('a model that reads no images: the person is told, another model gets the image', async () => {
    const session = aSession({ FA: png() });
    const history = [posting(file('FA', 'a.png'))];
    const blind = { facts: { model: 'openai-compatible/small', images: false } };
    expect((await session.load(history, blind)).refused).toEqual([
      {
        fileId: 'FA',
        name: 'a.png',
        reason: expect.stringContaining('openai-compatible/small does not read'),
      },
    ]);
    expect((await session.load(history, blind)).refused).toEqual([]);
    expect((await session.load(history)).files.get('FA')?.kind).toBe('image');
    expect(session.downloads).toEqual(['FA']);
  });

  it('two runs that take the same file at once have one record', async () => {
    const session = aSession({ FA: zip() });
    const history = [posting(file('FA'))];
    const [one, two] = await Promise.all([session.load(history), session.load(history)]);
    expect(one.files.get('FA')).toEqual(two.files.get('FA'));
    expect((await session.record('FA'))?.status).toBe('refused');
  });

  it('a workspace that removed the app gives no file', async () => {
    const session = aSession({ FA: png() });
    const { files } = await session.load([posting(file('FA'))], { slack: async () => undefined });
    expect(files.get('FA')?.kind).toBe('refused');
  });
});

describe('56 what goes wrong', () => {
  it('a stop leaves at once with what there is; the next run takes the rest', async () => {
    let hangs = true;
    const session = aSession({
      FA: png(),
      FB: async (signal) => {
        if (!hangs) return png();
        session.abort.abort(new Error('stopped'));
        signal.throwIfAborted();
        return png();
      },
    });
    const history = [posting(file('FA'), file('FB'))];
    const { files, refused } = await session.load(history);
    expect([files.has('FB'), refused]).toEqual([false, []]);
    expect(await session.record('FB')).toBeUndefined();
    hangs = false;
    const next = await session.load(history, { signal: new AbortController().signal });
    expect(next.files.get('FB')?.kind).toBe('image');
  });

  it('no download begins late in a run', async () => {
    const ids = Array.from({ length: 8 }, (_, n) => `F${n}`);
    const session = aSession(
      Object.fromEntries(
        ids.map((id) => [
          id,
          async () => {
            session.later(40_000);
            return png();
          },
        ]),
      ),
    );
    const history = [posting(...ids.map((id) => file(id)))];
    expect((await session.load(history)).files.size).toBe(4);
    expect((await session.load(history)).files.size).toBe(8);
  });

  it('a write that fails is the run’s failure, and the bytes come before the record', async () => {
    const session = aSession({ FA: png() });
    session.store.beforeWrite = () => {
      throw new Error('throttled');
    };
    await expect(session.load([posting(file('FA'))])).rejects.toThrow('throttled');
    expect([session.bucket.size, await session.record('FA')]).toEqual([1, undefined]);
  });

  it('K-CL 25 stored bytes that cannot be read become a line, and an answer is given', async () => {
    const session = aSession({ FA: png() });
    const history = [posting(file('FA', 'a.png'))];
    await session.load(history);
    const kept = new Map(session.bucket);
    session.bucket.clear();
    const { files, refused } = await session.load(history);
    expect(files.get('FA')).toMatchObject({
      kind: 'refused',
      reason: expect.stringMatching(/^a\.png: I could not/),
    });
    expect([refused, session.warned]).toEqual([[], ['a stored file could not be read']]);
    for (const [key, bytes] of kept) session.bucket.set(key, bytes);
    expect((await session.load(history)).files.get('FA')?.kind).toBe('image');
  });
});

it('K-40 a file stays as long as a message refers to it, whatever Slack did with it', async () => {
  const slackFiles: Record<string, Answer> = { FA: png() };
  const session = aSession(slackFiles);
  const history = [posting(file('FA'))];
  await session.load(history);
  delete slackFiles.FA;
  session.later(400 * DAY);
  expect((await session.load(history)).files.get('FA')?.kind).toBe('image');
  expect(Object.keys((await session.record('FA')) ?? {})).not.toContain('ttl');
});

it('K-13 what reads like a file reference is text: only what Slack attached is fetched', async () => {
  const session = aSession({ FA: png() });
  const text = JSON.stringify({ files: [file('FA')], kind: 'image', key: 'files/s1/FA' });
  const { files } = await session.load([saying(text)]);
  expect([files.size, session.downloads]).toEqual([0, []]);
});
