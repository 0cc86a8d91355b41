import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { propertyRuns } from '../../../test/support/property-runs.ts';
import {
  asks,
  ends,
  failsWith,
  gets,
  logOf,
  part,
  playAtOnce,
  says,
  T0,
  turnId,
} from '../../../test/support/relay-log.ts';
import { defaultLimits } from '../../settings.ts';
import type { ChunkBatch, StreamChunk } from '../../stream/chunks.ts';
import type { TurnRecord } from '../../turns/record.ts';
import { firstSpot, type ProgressLine, type RelayView } from '../record.ts';
import { countSteps, lineBlockId, planLine } from './progress-line.ts';

const empty: RelayView = { spot: firstSpot, messages: 0 };
const wanted = { display: { progressLine: true } };
const counted = (...batches: StreamChunk[][]): ProgressLine | undefined =>
  countSteps(empty, wanted, logOf(...batches)).line;

const SUMMARY = 'Summarising the conversation';
const summary: StreamChunk = {
  type: 'tool-input-available',
  toolCallId: 'compaction-1-1',
  toolName: 'compact_conversation',
  title: SUMMARY,
  input: {},
};
const followUp: StreamChunk = {
  type: 'data-follow-up',
  data: { messageTs: '1.2', userId: 'U2', text: 'And the totals.' },
};
const unread: StreamChunk = { type: 'data-file', data: { fileId: 'F1', name: 'all.zip', reason: 'No.' } };

describe('19 countSteps', () => {
  it('is for turns that have a line', () => {
    expect(countSteps(empty, {}, logOf([asks('a')]))).toBe(empty);
  });

  it.each<[string, StreamChunk[][], number, string | undefined]>([
    ['text is no step', [part('Hello')], 0, undefined],
    ['a step that is at work', [[asks('a')]], 1, 'Read file'],
    ['a step that is over', [[asks('a'), gets('a')]], 1, undefined],
    ['a step that failed', [[asks('a')], [failsWith('a', 'Broken')]], 1, undefined],
    [
      'three at once: the one that began last',
      [[asks('a'), asks('b', {}, 'post_reply'), gets('a')]],
      2,
      'Post reply',
    ],
    ['a call that a new run shows again is the same step', [[asks('a')], [asks('a')]], 1, 'Read file'],
    [
      'calls beside each other that a new run shows again are the same steps',
      [[asks('a'), asks('b'), asks('c'), gets('b')], [asks('a'), asks('c'), gets('a')], [asks('c')]],
      3,
      'Read file',
    ],
    [
      'a call that has ended and is shown again',
      [[asks('a'), gets('a')], [asks('a')], [gets('a')]],
      1,
      undefined,
    ],
    ['G-32 a result without a beginning', [[gets('a')], [gets('a')]], 1, undefined],
    ['a summary of the conversation is named, and no step', [[asks('a'), gets('a'), summary]], 1, SUMMARY],
    ['a summary that is done', [[summary, gets('compaction-1-1')]], 0, undefined],
    ['a follow-up that was read, and a file that could not be', [[followUp, unread]], 0, undefined],
  ])('%s', (_, batches, steps, title) => {
    const line = counted(...batches);
    expect([line?.steps, line?.step?.title]).toEqual([steps, title]);
  });

  it('counts each batch once, however often and in whatever portions it is read', () => {
    const log = logOf([asks('a'), gets('a')], [asks('b')], [says('text'), gets('b'), asks('c')]);
    let view = empty;
    for (const batches of [log.slice(0, 1), log.slice(0, 2), log, log.slice(1)] satisfies ChunkBatch[][])
      view = countSteps(view, wanted, batches);
    expect(view.line?.steps).toBe(3);
    expect(countSteps(view, wanted, log)).toBe(view);
  });
});

/** All that tells of steps, of few of them, in any order: runs that take over show some of it again. */
const stepChunk: fc.Arbitrary<StreamChunk> = fc
  .tuple(
    fc.constantFrom('a', 'b', 'c', 'compaction-1-1'),
    fc.constantFrom<(id: string) => StreamChunk>(
      asks,
      gets,
      (id) => failsWith(id, 'No.'),
      (toolCallId) => ({ type: 'tool-output-denied', toolCallId }),
      () => followUp,
      () => unread,
      () => says('Text.'),
    ),
  )
  .map(([id, one]) => one(id));

it.each(['plan', 'timeline'] as const)(
  '19 21 counts the same calls as the end of the answer (%s)',
  (surface) => {
    fc.assert(
      fc.property(
        fc.array(fc.array(stepChunk, { minLength: 1, maxLength: 6 }), { maxLength: 6 }),
        (batches) => {
          const log = logOf(...batches, [ends()]);
          const { steps } = playAtOnce(log, { display: { surface } }).record.view.spot;
          expect(countSteps(empty, wanted, log).line?.steps).toBe(steps?.ended ?? 0);
        },
      ),
      propertyRuns(300),
    );
  },
);

describe('19 planLine', () => {
  type Turn = Pick<TurnRecord, 'state' | 'end' | 'createdAt'>;
  const running: Turn = { state: 'running', createdAt: T0 };
  const ended = (state: 'completed' | 'failed' | 'stopped', ms: number): Turn => ({
    ...{ state, createdAt: T0 },
    end: { state, at: T0 + ms },
  });
  const line: ProgressLine = {
    ...{ ts: '9.9', at: T0 + 5_000, text: 'Working…', steps: 5, counted: firstSpot.cursor },
  };
  const plan = (
    given: Partial<ProgressLine>,
    turn: Turn,
    more: Partial<RelayView> & { now?: number; successor?: boolean } = {},
  ) => planOf({ ...line, ...given }, turn, more);
  const planOf = (
    line: ProgressLine,
    turn: Turn,
    {
      now = T0 + 60_000,
      successor = false,
      ...view
    }: Partial<RelayView> & { now?: number; successor?: boolean } = {},
  ) => planLine({ turnId, view: { ...empty, ...view, line } }, turn, successor, defaultLimits, now);
  const step = { id: 'c', title: 'Read <file>' };

  it.each<[string, Partial<ProgressLine>, Turn, string]>([
    ['a step', { step }, running, 'Working: Read &lt;file&gt; (step 5)…'],
    ['a summary', { step: { id: 'compaction-1-1', title: SUMMARY } }, running, `Working: ${SUMMARY}…`],
    ['between steps', {}, running, 'Working (5 steps so far)…'],
    ['a pause', { step }, { ...running, state: 'paused' }, 'Waiting for a decision'],
    ['before the first step', { text: '', steps: 0 }, running, 'Working…'],
    ['done', {}, ended('completed', 41_700), 'Done in 42 s, 5 steps'],
    ['done at once', { steps: 1 }, ended('completed', 10), 'Done in 1 s, 1 step'],
    ['failed', { steps: 0 }, ended('failed', 185_000), 'Failed after 3 min 5 s, 0 steps'],
    ['stopped', {}, ended('stopped', 7_500_000), 'Stopped after 2 h 5 min, 5 steps'],
  ])('says of %s', (_, given, turn, text) => {
    const call = plan(given, turn, { finished: true });
    expect(call?.args.text).toBe(text);
    expect(call?.args.blocks).toEqual([expect.objectContaining({ block_id: lineBlockId(turnId) })]);
    expect(call).toMatchObject({ method: 'chat.update', brings: false, mark: {} });
  });

  const { ts: _lost, ...unanswered } = { ...line, text: 'Working (5 steps so far)…' };
  const unposted: ProgressLine = { text: '', steps: 5, counted: firstSpot.cursor };
  it.each<[string, ReturnType<typeof plan>, number | undefined]>([
    [
      'is posted when the turn is three seconds old',
      planOf(unposted, running, { now: T0 + 1_000 }),
      T0 + 3_000,
    ],
    ['is changed at most every three seconds', plan({ step }, running, { now: T0 + 6_000 }), T0 + 8_000],
    ['is changed at once when it is due', plan({ step }, running), T0 + 60_000],
    ['stays while its text is the same', plan({ text: 'Working (5 steps so far)…' }, running), undefined],
    ['is not posted any more when the turn is over', planOf(unposted, ended('completed', 9)), undefined],
    [
      'is not posted beside a stand-in',
      planOf(unposted, running, { progress: { at: 0, cards: [], tail: '' } }),
      undefined,
    ],
    ['is left alone once it was given up', plan({ step, gone: true }, running), undefined],
    ['waits with the end for the answer', plan({}, ended('completed', 9)), undefined],
    [
      'ends at most three seconds later',
      plan({}, ended('completed', 9), { finished: true, now: T0 + 6_000 }),
      T0 + 8_000,
    ],
    [
      'ends at once when another turn waits',
      plan({}, ended('completed', 9), { finished: true, successor: true, now: T0 + 6_000 }),
      T0 + 6_000,
    ],
    ['whose post was not answered is due again', planOf(unanswered, running), T0 + 60_000],
  ])('%s', (_, call, at) => {
    expect(call?.at).toBe(at);
  });

  it('takes the least of the budget, and a little more for its last words', () => {
    expect(plan({ step }, running)?.priority).toBe('extra');
    expect(plan({}, ended('failed', 9), { finished: true })?.priority).toBe('end');
  });
});
