import { describe, expect, it } from 'vitest';
import { planFiles } from './plan-files.ts';
import type { FileRecord } from './record.ts';

let made = 0;
function record(mediaType: string, bytes: number, more: Partial<FileRecord> = {}): FileRecord {
  const fileId = `F${made++}`;
  return {
    v: 1,
    sessionId: 's1',
    fileId,
    name: `${fileId}.bin`,
    mediaType,
    bytes,
    status: 'stored',
    key: `files/s1/${fileId}`,
    turnId: 't1',
    userId: 'U1',
    installationId: 'T1',
    at: 0,
    ...more,
  };
}

const reasons = (records: FileRecord[], facts: Parameters<typeof planFiles>[1] = { model: 'openai/x' }) =>
  [...planFiles(records, facts).values()].map((plan) => (plan.show ? 'shown' : plan.reason));

const several = (count: number, mediaType: string, bytes: number) =>
  Array.from({ length: count }, () => record(mediaType, bytes));

describe('56 what one request holds', () => {
  it.each([
    ['images, of which 20', several(22, 'image/png', 10), 20],
    ['PDFs, of which 5', several(7, 'application/pdf', 10), 5],
    ['20 MB in all', several(4, 'image/png', 6_000_000), 3],
    ['texts of 50,000 characters, of which 200,000', several(6, 'text/plain', 900_000), 4],
    ['as many short texts as there are', several(40, 'text/plain', 4_000), 40],
  ])('%s: the newest', (_what, records, shown) => {
    const told = reasons(records);
    expect(told.slice(0, shown)).toEqual(Array(shown).fill('shown'));
    for (const reason of told.slice(shown))
      expect(reason).toMatch(/^F\d+\.bin: newer files .* Attach it again/);
  });

  it('a large old file that does not fit keeps out no smaller one', () => {
    const [newest, large, small] = [15_000_000, 8_000_000, 1_000_000].map((size) =>
      record('image/png', size),
    );
    if (!newest || !large || !small) throw new Error('three were made');
    expect(reasons([newest, large, small])).toEqual(['shown', expect.stringMatching(/newer/), 'shown']);
  });

  it('an older file stays or goes whole: a new one changes nothing of what stays', () => {
    const old = several(3, 'text/plain', 60_000);
    const before = reasons(old);
    expect(reasons([record('text/plain', 60_000), ...old]).slice(1)).toEqual(before);
  });

  it.each([
    ['anthropic/claude', 'image/png', 3_932_160, 'shown'],
    ['anthropic/claude', 'image/png', 3_932_161, /image is larger than the 3\.75 MB/],
    ['bedrock/eu.anthropic.claude', 'application/pdf', 4_500_001, /PDF is larger than the 4\.29 MB/],
    ['openai/x', 'image/png', 5_000_000, 'shown'],
  ])('%s: %s of %i bytes', (model, mediaType, bytes, expected) => {
    expect(reasons([record(mediaType, bytes)], { model })[0]).toMatch(expected);
  });

  it('names the model that cannot read it', () => {
    const facts = { model: 'openai-compatible/small', images: false, pdf: false };
    const told = reasons(
      [record('image/gif', 9), record('application/pdf', 9), record('text/plain', 9)],
      facts,
    );
    expect(told).toEqual([
      expect.stringMatching(/^F\d+\.bin: the model openai-compatible\/small does not read images\./),
      expect.stringMatching(/^F\d+\.bin: the model openai-compatible\/small does not read PDFs\./),
      'shown',
    ]);
  });

  it('a file that was refused stays refused, in the same words', () => {
    expect(reasons([record('', 0, { status: 'refused', reason: 'a.zip: no.' })])).toEqual(['a.zip: no.']);
  });
});
