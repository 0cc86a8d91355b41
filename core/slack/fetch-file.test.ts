import { describe, expect, it } from 'vitest';
import { SlackCallError, type SlackClient, type SlackDownload, type SlackFailure } from './api.ts';
import { fetchFile } from './fetch-file.ts';
import { SlackFileError } from './file-error.ts';

const info = {
  id: 'F1',
  name: 'a.png',
  mimetype: 'image/png',
  mode: 'hosted',
  size: 3,
  url_private: 'https://files.slack.com/private',
  url_private_download: 'https://files.slack.com/download',
};
const platform = (code: string): SlackFailure => ({ kind: 'platform', code, messages: [] });
const page = Buffer.from('<!DOCTYPE html><html><title>Sign in</title></html>');

interface Script {
  info?: (Record<string, unknown> | SlackFailure)[];
  downloads?: (SlackDownload | SlackFileError)[];
}

/** A Slack whose answers are given one by one; the last one stays. */
function aSlack({
  info: infos = [info],
  downloads = [{ bytes: Buffer.from('abc'), contentType: 'image/png' }],
}: Script) {
  const asked: string[] = [];
  const waits: number[] = [];
  const next = <T>(answers: T[]): T | undefined => (answers.length > 1 ? answers.shift() : answers[0]);
  const slack: SlackClient = {
    async call<T>(method: string, args: Record<string, unknown>) {
      asked.push(`${method} ${args.file}`);
      const answer = next(infos);
      if (answer && 'kind' in answer) throw new SlackCallError(method, answer as SlackFailure);
      return { ok: true, file: answer } as T;
    },
    async download(url) {
      asked.push(url);
      const answer = next(downloads);
      if (!answer || answer instanceof SlackFileError) throw answer;
      return answer;
    },
  };
  const fetched = (signal = new AbortController().signal) =>
    fetchFile(slack, 'F1', {
      maxBytes: 100,
      timeoutMs: 1_000,
      signal,
      wait: async (ms) => void waits.push(ms),
    });
  return { asked, waits, fetched };
}

describe('a file of Slack', () => {
  it('comes from the address that files.info names', async () => {
    const { fetched, asked } = aSlack({});
    expect(await fetched()).toEqual({ bytes: Buffer.from('abc'), name: 'a.png' });
    expect(asked).toEqual(['files.info F1', 'https://files.slack.com/download']);
  });

  it('comes from url_private where there is no other', async () => {
    const { fetched, asked } = aSlack({ info: [{ ...info, url_private_download: undefined }] });
    await fetched();
    expect(asked[1]).toBe('https://files.slack.com/private');
  });

  it.each<[string, Record<string, unknown> | SlackFailure, string]>([
    ['deleted', platform('file_deleted'), 'gone'],
    ['not there or not visible', platform('file_not_found'), 'gone'],
    ['a tombstone', { ...info, mode: 'tombstone' }, 'gone'],
    ['hidden by the plan', { ...info, mode: 'hidden_by_limit' }, 'gone'],
    ['without an address', { id: 'F1' }, 'gone'],
    ['beyond the scopes', platform('missing_scope'), 'forbidden'],
    ['of an app that was removed', platform('token_revoked'), 'forbidden'],
    ['kept elsewhere', { ...info, is_external: true }, 'external'],
    ['remote', { ...info, mode: 'external' }, 'external'],
    ['a canvas', { ...info, mode: 'quip', mimetype: 'application/vnd.slack-docs' }, 'document'],
    ['larger than it may be', { ...info, size: 101 }, 'too_large'],
  ])('%s: no download, no second try', async (_what, answer, kind) => {
    const { fetched, asked, waits } = aSlack({ info: [answer] });
    await expect(fetched()).rejects.toMatchObject({ kind });
    expect([asked, waits]).toEqual([['files.info F1'], []]);
  });

  it.each<[string, SlackDownload, Record<string, unknown>]>([
    ['for a picture', { bytes: page, contentType: 'text/html' }, {}],
    ['without the right header', { bytes: page, contentType: '' }, {}],
    ['for a picture of that size', { bytes: page, contentType: 'text/html' }, { size: page.length }],
    [
      'for a page of another size',
      { bytes: page, contentType: 'text/html' },
      { mimetype: 'text/html', size: 9 },
    ],
  ])('a sign-in page %s counts as refused', async (_what, download, more) => {
    const { fetched } = aSlack({ info: [{ ...info, ...more }], downloads: [download] });
    await expect(fetched()).rejects.toMatchObject({ kind: 'forbidden' });
  });

  it('a page that somebody shared is what it is', async () => {
    const file = { ...info, name: 'a.html', mimetype: 'text/html', size: page.length };
    const { fetched } = aSlack({ info: [file], downloads: [{ bytes: page, contentType: 'text/html' }] });
    expect((await fetched()).bytes).toEqual(page);
  });

  it('a passing failure is tried again, three times at most and two seconds in all', async () => {
    const broken = () => new SlackFileError('network', 'timeout');
    const good = { bytes: Buffer.from('abc'), contentType: 'image/png' };
    const third = aSlack({ downloads: [broken(), broken(), good] });
    expect((await third.fetched()).bytes).toEqual(good.bytes);
    expect(third.waits).toEqual([300, 1_200]);
    const never = aSlack({ info: [{ kind: 'unknown', detail: 'HTTP 503' }] });
    await expect(never.fetched()).rejects.toMatchObject({ kind: 'network' });
    expect(never.asked).toHaveLength(3);
    expect(never.waits.reduce((sum, ms) => sum + ms, 0)).toBeLessThanOrEqual(2_000);
  });

  it('waits as long as Slack asks if that is short, and not at all if it is long', async () => {
    const limited = (retryAfterMs: number): Script => ({
      info: [{ kind: 'rate_limited', retryAfterMs }, info],
    });
    const short = aSlack(limited(1_000));
    await short.fetched();
    expect(short.waits).toEqual([1_000]);
    const long = aSlack(limited(30_000));
    await expect(long.fetched()).rejects.toMatchObject({ kind: 'network', retryAfterMs: 30_000 });
    expect(long.waits).toEqual([]);
  });

  it('leaves a call that does not answer when it is aborted', async () => {
    const abort = new AbortController();
    const slack: SlackClient = {
      call: () => {
        queueMicrotask(() => abort.abort(new Error('stopped')));
        return new Promise(() => {});
      },
      download: () => Promise.reject(new Error('never asked')),
    };
    const fetched = fetchFile(slack, 'F1', { maxBytes: 1, timeoutMs: 1_000, signal: abort.signal });
    await expect(fetched).rejects.toThrow('stopped');
  });
});
