import { expect, it } from 'vitest';
import type { ChunkBatch } from './chunks.ts';
import { visibleBatches } from './read-log.ts';

const batch = (fence: number, seq: number): ChunkBatch => ({ fence, seq, chunks: [], at: 0 });
const places = (batches: ChunkBatch[]) => batches.map(({ fence, seq }) => `${fence}.${seq}`);
const stored = [batch(1, 1), batch(1, 2), batch(1, 3), batch(2, 1)];

it('shows the present fence as it is written', () => {
  expect(places(visibleBatches(stored.slice(0, 3), { fence: 1, seals: {} }))).toEqual(['1.1', '1.2', '1.3']);
});

it('K-44: ignores what a fenced-off run wrote behind its seal', () => {
  expect(places(visibleBatches(stored, { fence: 2, seals: { 1: 2 } }))).toEqual(['1.1', '1.2', '2.1']);
});

it('waits while a takeover has not sealed the former fence', () => {
  expect(places(visibleBatches(stored, { fence: 2, seals: {} }))).toEqual([]);
});

it('a former fence that wrote nothing hides nothing', () => {
  expect(places(visibleBatches([batch(2, 1)], { fence: 3, seals: { 1: 0, 2: 1 } }))).toEqual(['2.1']);
});
