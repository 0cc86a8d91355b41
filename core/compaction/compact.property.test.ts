import { modelMessageSchema } from 'ai';
import { expect, test } from 'vitest';
import { createHistory } from '../../test/support/histories.ts';
import { type CallModel, ModelError } from '../models/contract.ts';
import { toModelMessages } from '../models/messages.ts';
import { compact } from './compact.ts';
import { unansweredFrom } from './kept-records.ts';

const HISTORIES = 150;

/** Mulberry32: the same seed gives the same histories. */
function createRandom(seed: number) {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  return { below: (n: number) => Math.floor(next() * n), chance: (p: number) => next() < p };
}

function randomHistory(seed: number) {
  const { below, chance } = createRandom(seed);
  const history = createHistory();
  const words = () => `${'słowo 😀 word {"a":1}\n\n'.repeat(1 + below(60))}#${below(1e6)}`;
  if (chance(0.3)) history.summary(`earlier: ${words()}`);
  for (let turn = below(6); turn >= 0; turn--) {
    history.post(words(), `U${below(3)}`);
    for (let step = below(5); step > 0; step--) {
      history.calls(...Array.from({ length: 1 + below(3) }, (_, n) => `tool_${n}`));
      if (chance(0.9)) history.results(words(), { rows: below(9) }, words().repeat(below(200)));
      if (chance(0.1)) history.post(words(), 'U3');
    }
    if (chance(0.1))
      history.stored(chance(0.5) ? 'assistant' : 'tool', chance(0.5) ? { role: 'x' } : undefined);
    if (chance(0.75)) history.says(words());
  }
  return { records: history.records, rungs: below(4), chance };
}

test(`47 ${HISTORIES} random histories: what comes out is a conversation, and what is open stands in it word for word`, async () => {
  const outcomes = new Set<string>();
  for (let seed = 1; seed <= HISTORIES; seed++) {
    const { records, rungs } = randomHistory(seed);
    const unanswered = unansweredFrom(records);
    let calls = 0;
    const callModel: CallModel = async ({ messages }) => {
      for (const message of messages) expect(modelMessageSchema.safeParse(message).success).toBe(true);
      messages.forEach(({ role, content }, index) => {
        expect(role).toBe(index % 2 === 0 ? 'user' : 'assistant');
        expect(String(content).trim()).not.toBe('');
        expect(String(content).isWellFormed()).toBe(true);
      });
      expect(messages.at(-1)?.role).toBe('user');
      if (calls++ < rungs) throw new ModelError({ retryable: false, code: 'context', sentence: 'Too long.' });
      return {
        messages: [],
        text: 'S.',
        toolCalls: [],
        finishReason: 'stop',
        usage: { inputTokens: 1, outputTokens: 1 },
      };
    };
    const open = records.filter(({ post, seq }) => post && seq >= unanswered);
    try {
      const compaction = await compact(
        { callModel, now: () => 0 },
        {
          records,
          unanswered,
          model: { model: 'demo' },
          facts: {},
          instructions: '',
          signal: new AbortController().signal,
          turnId: 't1',
          step: 0,
          attempt: 1,
        },
      );
      outcomes.add(compaction.ladder);
      const behind = compaction.records.map(({ seq }) => seq);
      expect(behind).toEqual([...behind].sort((one, other) => one - other));
      expect(
        behind.every((seq) => seq >= 0 && seq <= records.length),
        `seed ${seed}`,
      ).toBe(true);
      expect(compaction.records.filter(({ post }) => post)).toEqual(open);
      const messages = toModelMessages(compaction.records);
      expect(messages[0]?.role, `seed ${seed}`).toBe('user');
      const prompt = messages.map(({ content }) => JSON.stringify(content)).join('\n');
      for (const { post } of open)
        expect(prompt, `seed ${seed}`).toContain(JSON.stringify(post?.text.trim()).slice(1, -1));
      // It survives being stored.
      expect(JSON.parse(JSON.stringify(compaction.records))).toEqual(compaction.records);
    } catch (error) {
      if (!(error instanceof ModelError)) throw error;
      expect(error.code).toBe('context');
      outcomes.add('refused');
    }
  }
  expect([...outcomes].sort()).toEqual(['cut', 'last_part', 'refused', 'whole']);
});
