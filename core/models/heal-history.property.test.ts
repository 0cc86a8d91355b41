import { type ModelMessage, modelMessageSchema } from 'ai';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  aUserPost,
  callPart,
  createRecords,
  objectionsOfSdk,
  resultPart,
  textPart,
} from '../../test/support/history.ts';
import type { MessageRecord } from '../sessions/record.ts';
import { toModelMessages } from './messages.ts';

type Step = 'call' | 'calls' | 'search' | 'think';
type Turn = { user: string; steps: Step[] };

const turns = fc.array(
  fc.record({
    user: fc.constantFrom('U1', 'U1', 'U2'),
    steps: fc.array(fc.constantFrom<Step>('call', 'calls', 'search', 'think'), { maxLength: 3 }),
  }),
  { minLength: 1, maxLength: 6 },
);

const thought = {
  type: 'reasoning',
  text: 'Hm.',
  providerOptions: { anthropic: { signature: 'c2ln' } },
};

/** A conversation as runs store it. Ids of calls come again, as those of some providers do. */
function conversation(told: readonly Turn[]): MessageRecord[] {
  const { record, assistant, results, post } = createRecords();
  return told.flatMap(({ user, steps }, n) => [
    post(`question ${n}`, user),
    ...steps.flatMap((step) => {
      const found = {
        ...resultPart('s', '', 'web_search'),
        output: { type: 'json', value: [{ url: 'https://example.com' }] },
      };
      const search = { ...callPart('s', 'web_search'), providerExecuted: true };
      if (step === 'search') return [assistant(textPart('I look.'), search, found, textPart('Found.'))];
      if (step === 'think')
        return [assistant(thought, textPart('So.'), callPart('t')), results(resultPart('t'))];
      const ids = step === 'call' ? ['a'] : ['a', 'b', 'c'];
      return [
        assistant(...ids.map((id) => callPart(id, 'add', { n }))),
        results(...ids.map((id) => resultPart(id))),
      ];
    }),
    record({ role: 'assistant', message: { role: 'assistant', content: `answer ${n}` } }),
  ]);
}

/** Calls of the last record that no record answers yet, as a run knows them. */
function openCalls(records: readonly MessageRecord[]): Set<string> {
  const message = records.at(-1)?.message as
    | { content: { type: string; toolCallId: string }[] | string }
    | undefined;
  if (!message || typeof message.content === 'string') return new Set();
  return new Set(
    message.content.filter(({ type }) => type === 'tool-call').map(({ toolCallId }) => toolCallId),
  );
}

const junk = fc.oneof(
  fc.constantFrom<unknown>(
    undefined,
    null,
    '',
    ' ',
    '\0',
    '\ud800',
    'a\udc00b',
    0,
    -1,
    Number.NaN,
    [],
    {},
    'http://169.254.169.254/',
    { type: 'url', url: 'x' },
    { type: 'text', value: 3 },
    { type: 'content', value: [{ type: 'file', mediaType: 'image/png', data: { type: 'data', data: '?' } }] },
    'tool-call',
    'tool-result',
    'file',
    'system',
    'user',
    'assistant',
    'tool',
    callPart('a'),
    resultPart('zzz'),
    { type: 'tool-approval-request', approvalId: 'x', toolCallId: 'a' },
    { type: 'tool-approval-response', approvalId: 'x', approved: true },
    { type: 'image', image: 'x' },
  ),
  fc.jsonValue(),
);

/** One damage: at a place of the history's tree of values, chosen by its number. */
const damage = fc.record({
  place: fc.nat(),
  how: fc.constantFrom('replace', 'remove', 'double', 'swap', 'drop record', 'move record'),
  junk,
});
type Damage = typeof damage extends fc.Arbitrary<infer T> ? T : never;

type Container = Record<string, unknown> | unknown[];

/** Every place of a value: the object or list that holds it, and under what. */
function placesOf(value: unknown, found: [Container, string][] = []): [Container, string][] {
  if (typeof value !== 'object' || value === null) return found;
  for (const name of Object.keys(value)) {
    found.push([value as Container, name]);
    placesOf((value as Record<string, unknown>)[name], found);
  }
  return found;
}

function damaged(records: MessageRecord[], damages: readonly Damage[]): MessageRecord[] {
  const broken = structuredClone(records);
  for (const { place, how, junk: value } of damages) {
    const at = place % broken.length;
    if (how === 'drop record' && broken.length > 1) broken.splice(at, 1);
    else if (how === 'move record') broken.push(...broken.splice(at, 1));
    else {
      // The record itself is ours and whole; what others wrote into it is not.
      const places = broken.flatMap((record): [Container, string][] => [
        ...placesOf(record.message),
        ...placesOf(record.post),
        ...('message' in record
          ? [[record as { message?: unknown }, 'message'] satisfies [Container, string]]
          : []),
      ]);
      const [container, name] = places[place % places.length] ?? [];
      if (!container || name === undefined) continue;
      if (Array.isArray(container)) {
        const index = Number(name);
        if (how === 'remove') container.splice(index, 1);
        else if (how === 'double') container.splice(index, 0, structuredClone(container[index]));
        else if (how === 'swap') container.reverse();
        else container[index] = structuredClone(value);
      } else if (how === 'remove') delete container[name];
      else container[name] = structuredClone(value);
    }
  }
  return broken;
}

const strings = (value: unknown): string[] =>
  typeof value === 'string'
    ? [value]
    : typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([name, field]) => [name, ...strings(field)])
      : [];

/** Whether each call has one result right behind its message, and each result its call. */
function paired(messages: readonly ModelMessage[]): boolean {
  return messages.every((message, index) => {
    const idsOf = (type: string, own: boolean, { content }: ModelMessage) =>
      typeof content === 'string'
        ? []
        : content
            .filter((part) => part.type === type)
            .filter((part) => !own || !('providerExecuted' in part && part.providerExecuted))
            .map((part) => ('toolCallId' in part ? part.toolCallId : ''));
    if (message.role === 'assistant') {
      const asked = idsOf('tool-call', true, message);
      const next = messages[index + 1];
      const answered = next?.role === 'tool' ? idsOf('tool-result', false, next) : [];
      return JSON.stringify(asked) === JSON.stringify(answered);
    }
    return message.role !== 'tool' || messages[index - 1]?.role === 'assistant';
  });
}

describe('81 whatever was damaged', () => {
  it('the SDK and its schema take the healed history, and calls and results fit', async () => {
    await fc.assert(
      fc.asyncProperty(turns, fc.array(damage, { minLength: 1, maxLength: 12 }), async (told, damages) => {
        const records = damaged(conversation(told), damages);
        const messages = toModelMessages(records);
        for (const message of messages) expect(modelMessageSchema.safeParse(message).error).toBeUndefined();
        expect(paired(messages)).toBe(true);
        for (const text of strings(messages)) expect(text.isWellFormed()).toBe(true);
        expect(messages.some(({ role }) => role === 'system')).toBe(false);
        expect(messages.filter(({ role }) => role === 'user').length).toBeGreaterThanOrEqual(
          records.filter(({ post }) => post).length,
        );
        if (messages.length > 0) expect(await objectionsOfSdk(messages)).toEqual([]);
        // Healing what is healed changes nothing.
        const again = messages.map((message): MessageRecord => {
          const base = { v: 1, sessionId: 's', turnId: 't', seq: 1, at: 1 } as const;
          return typeof message.content === 'string' && message.role === 'user'
            ? { ...base, role: 'user', post: aUserPost(message.content) }
            : { ...base, role: 'assistant', message };
        });
        expect(toModelMessages(again)).toEqual(messages);
      }),
      { numRuns: 300, seed: 81 },
    );
  });
});

describe('a history that grows', () => {
  it('keeps what the model has read before, so that a provider can reuse it', () => {
    fc.assert(
      fc.property(turns, (told) => {
        const records = conversation(told);
        let before: ModelMessage[] = [];
        for (let length = 1; length <= records.length; length++) {
          const so = records.slice(0, length);
          const messages = toModelMessages(so, { openCalls: openCalls(so) });
          expect(messages.slice(0, before.length)).toEqual(before);
          expect(messages.length).toBe(before.length + 1);
          before = messages;
        }
      }),
      { numRuns: 100, seed: 7 },
    );
  });

  it('2,000 messages are read in well under 50 ms', () => {
    const told = Array.from(
      { length: 500 },
      (_, n): Turn => ({ user: n % 3 ? 'U1' : 'U2', steps: ['think'] }),
    );
    const records = conversation(told);
    expect(records).toHaveLength(2_000);
    const times = Array.from({ length: 8 }, () => {
      const began = performance.now();
      expect(toModelMessages(records)).toHaveLength(2_000);
      return performance.now() - began;
    });
    expect(Math.min(...times)).toBeLessThan(50);
  });
});
