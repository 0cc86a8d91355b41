import { expect, test } from 'vitest';
import type { Json, JsonObject } from '../../local/slack/json.ts';
import { BLOCKS, many, modal, mrkdwn, plain, x } from './blocks-samples.ts';
import { GENERAL, messagesOf, scene } from './support.ts';

const header = (text: JsonObject): JsonObject => ({ type: 'header', text });

/** Calls blocks.validate as a form, without a token. */
async function validator() {
  const { slack } = await scene();
  return async (args: Record<string, Json>): Promise<JsonObject> => {
    const form = Object.entries(args).map(([name, value]): [string, string] => [
      name,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]);
    const answer = await fetch(`${slack.url}/api/blocks.validate`, {
      method: 'POST',
      body: new URLSearchParams(form),
    });
    return (await answer.json()) as JsonObject;
  };
}

test('§3 blocks.validate needs no token and answers ok for what is good', async () => {
  const validate = await validator();
  for (const [block = null] of Object.values(BLOCKS))
    expect(await validate({ blocks: [block] })).toEqual({ ok: true });
  expect(await validate({ message: { text: 'a', blocks: BLOCKS.section ?? [] } })).toEqual({ ok: true });
  expect(await validate({ view: modal([]) })).toEqual({ ok: true });
});

test('§3 blocks.validate tells the code, message, pointer and constraint of each fault', async () => {
  const validate = await validator();
  expect(await validate({ blocks: [header(mrkdwn('a')), header(plain(x(151)))] })).toEqual({
    ok: false,
    error: 'invalid_blocks',
    errors: [
      {
        code: 'failed_constraint',
        message: 'unsupported text type: mrkdwn',
        pointer: '/0/text/type',
        constraint: { type: 'enum', expected: ['plain_text'], got: 'mrkdwn' },
      },
      {
        code: 'failed_constraint',
        message: 'must be less than 151 characters',
        pointer: '/1/text/text',
        constraint: { type: 'max_length', expected: 150 },
      },
    ],
  });
});

const first = async (answer: Promise<JsonObject>) => {
  const { error, errors } = await answer;
  const [fault] = Array.isArray(errors) ? errors : [];
  return [error, (fault as JsonObject | undefined)?.pointer];
};

test('§3 blocks.validate: messages and views have their own errors and pointers', async () => {
  const validate = await validator();
  const bad = [header(mrkdwn('a'))];
  expect(await first(validate({ message: { blocks: bad } }))).toEqual([
    'invalid_message',
    '/blocks/0/text/type',
  ]);
  expect(await first(validate({ message: { attachments: [{ blocks: bad }] } }))).toEqual([
    'invalid_message',
    '/attachments/0/blocks/0/text/type',
  ]);
  expect(await first(validate({ message: {} }))).toEqual(['invalid_message', '']);
  expect(await first(validate({ message: { text: 'a', colour: 'red' } }))).toEqual(['invalid_message', '']);
  expect(await first(validate({ view: modal(bad) }))).toEqual(['invalid_view', '/blocks/0/text/type']);
  expect(await first(validate({ view: { type: 'modal', blocks: [] } }))).toEqual(['invalid_view', '']);
});

test('§3 blocks.validate: message and view know their surface, blocks alone fit any', async () => {
  const validate = await validator();
  const alert = BLOCKS.alert ?? [];
  expect(await validate({ blocks: alert })).toEqual({ ok: true });
  expect(await validate({ view: modal(alert) })).toEqual({ ok: true });
  expect(await first(validate({ message: { blocks: alert } }))).toEqual([
    'invalid_message',
    '/blocks/0/type',
  ]);
  const dividers = many(51, () => ({ type: 'divider' }));
  expect(await validate({ blocks: dividers })).toEqual({ ok: true });
  expect(await first(validate({ message: { blocks: dividers } }))).toEqual(['invalid_message', '/blocks']);
});

test('§3 Global: a message has at most 100 attachments', async () => {
  const validate = await validator();
  const message = (count: number) => ({ text: 'a', attachments: many(count, () => ({ text: 'b' })) });
  expect(await validate({ message: message(100) })).toEqual({ ok: true });
  expect(await first(validate({ message: message(101) }))).toEqual(['invalid_message', '/attachments']);
});

test('§3 blocks.validate takes exactly one of blocks, message, view', async () => {
  const validate = await validator();
  for (const args of [{}, { blocks: [], view: modal([]) }, { blocks: [], message: { text: 'a' } }]) {
    const answer = await validate(args);
    expect(answer).toMatchObject({ ok: false, error: 'invalid_arguments' });
    expect(messagesOf(answer)).toEqual(['[ERROR] must provide exactly one of: blocks, message, view']);
  }
});

test('§3 blocks.validate takes JSON strings of at most 100,000 characters', async () => {
  const validate = await validator();
  const padded = (length: number) => `[]${' '.repeat(length - 2)}`;
  expect(await validate({ blocks: padded(100_000) })).toEqual({ ok: true });
  expect(messagesOf(await validate({ blocks: padded(100_001) }))).toEqual([
    '[ERROR] must be less than 100001 characters [json-pointer:/blocks]',
  ]);
  expect(messagesOf(await validate({ view: '{' }))).toEqual([
    '[ERROR] must be a JSON string [json-pointer:/view]',
  ]);
});

test('§3 posting refuses what blocks.validate refuses in a message', async () => {
  const { api } = await scene();
  const { ok: _ok, ...answer } = await api('chat.postMessage', {
    channel: GENERAL,
    text: 'a',
    blocks: BLOCKS.alert ?? [],
  });
  expect(answer).toMatchObject({ error: 'invalid_blocks', errors: ['unsupported type: alert'] });
  expect(messagesOf(answer)).toEqual(['[ERROR] unsupported type: alert [json-pointer:/blocks/0/type]']);
});

test('§3 Global: metadata beyond the limit of the option is metadata_too_large', async () => {
  const { api } = await scene({ metadataMaxBytes: 100 });
  const post = (length: number) => {
    const metadata = { event_type: 'a', event_payload: { p: x(length) } };
    return api('chat.postMessage', { channel: GENERAL, text: 'a', metadata });
  };
  const frame = JSON.stringify({ event_type: 'a', event_payload: { p: '' } }).length;
  expect(await post(100 - frame)).toMatchObject({ ok: true });
  expect(await post(101 - frame)).toMatchObject({ ok: false, error: 'metadata_too_large' });
});
