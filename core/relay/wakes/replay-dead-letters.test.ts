import type { SQSClient } from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import { createDeadLetters } from './dead-letter-queue.ts';
import { type DeadLetter, type DeadLetters, fateOf, replayDeadLetters } from './replay-dead-letters.ts';
import type { WakeMessage } from './wake.ts';

const pause = { v: 1, kind: 'pause', turnId: 't1', pauseId: 'p1', token: 'secret-token' } as const;
const flush = { v: 1, kind: 'flush', turnId: 't1' } as const;
const guard = { v: 1, kind: 'guard', turnId: 't1', at: 5 } as const;
const notice = {
  ...{ v: 1, kind: 'notice', appId: 'A1', installationId: 'T1', channel: 'C1', threadTs: '1.1' },
  ...{ userId: 'U1', text: 'Somebody was faster.' },
} as const;

/** A wake queue whose consumer fails on some messages, and its dead letters, in virtual seconds. */
function aQueue(consume: (message: WakeMessage) => boolean) {
  const letters: (DeadLetter & { visibleAt: number; receivedAt: number })[] = [];
  const logged: string[] = [];
  const sent: { message: WakeMessage; delayMs: number }[] = [];
  let now = 0;
  let made = 0;
  const put = (body: unknown, visibleAt = 0) => {
    const id = `m${made++}`;
    letters.push({
      id,
      handle: `h-${id}`,
      visibleAt,
      receivedAt: 0,
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  };
  const log =
    (level: string) =>
    (message: string, fields: Record<string, unknown> = {}) => {
      logged.push(`${level} ${message} ${JSON.stringify(fields)}`);
    };
  const deadLetters: DeadLetters = {
    async receive(hiddenSeconds) {
      const visible = letters.filter(({ visibleAt }) => visibleAt <= now).slice(0, 10);
      // Half a minute may pass before a letter is hidden for longer.
      for (const letter of visible)
        Object.assign(letter, { visibleAt: now + hiddenSeconds, receivedAt: now - 30 });
      return visible.map(({ visibleAt: _own, receivedAt: _too, ...letter }) => letter);
    },
    async remove({ handle }) {
      letters.splice(
        letters.findIndex((letter) => letter.handle === handle),
        1,
      );
    },
    async hide({ handle }, seconds) {
      const letter = letters.find((one) => one.handle === handle);
      if (!letter) return;
      if (now - letter.receivedAt + seconds > 43_200) throw new Error('beyond the limit of 43200 seconds');
      letter.visibleAt = now + seconds;
    },
  };
  const sendWake = async (message: WakeMessage, delayMs: number) => {
    sent.push({ message, delayMs });
    // Five tries, six minutes each.
    if (!consume(message)) put(message, now + delayMs / 1000 + 1_800);
  };
  const deps = { deadLetters, sendWake, log: { info: log('info'), warn: log('warn'), error: log('error') } };
  return {
    ...{ put, letters, logged, sent, deps },
    /** The sweep of each minute. */
    async minutes(count: number) {
      for (let n = 0; n < count; n++, now += 60) await replayDeadLetters(deps);
    },
  };
}

describe('fateOf', () => {
  it.each([
    ['a token', pause, 0],
    ['a wake', flush, 0],
    ['a guard, the second time', { ...guard, replays: 1 }, 60_000],
    ['the last time', { ...pause, replays: 5 }, 900_000],
  ])('%s is sent again, later each time', (_, message, delayMs) => {
    const replays = ('replays' in message ? message.replays : 0) + 1;
    expect(fateOf(JSON.stringify(message))).toEqual({
      kind: 'send',
      message: { ...message, replays },
      delayMs,
    });
  });

  it.each([
    ['a notice is no news any more', notice, 'drop'],
    ['a wake that came back six times', { ...flush, replays: 6 }, 'giveUp'],
    ['a token that came back six times', { ...pause, replays: 6 }, 'park'],
    ['another version', { ...flush, v: 2 }, 'park'],
    ['another kind', { ...flush, kind: 'dance' }, 'park'],
    ['no turn', { v: 1, kind: 'flush' }, 'park'],
    ['no token', { ...pause, token: '' }, 'park'],
    ['a strange count', { ...flush, replays: 'many' }, 'park'],
    ['no JSON', '{"v":1', 'park'],
    ['no object', '"pause"', 'park'],
  ])('%s', (_, body, kind) => {
    expect(fateOf(typeof body === 'string' ? body : JSON.stringify(body)).kind).toBe(kind);
  });
});

describe('the sweep replays what the relay could not work off', () => {
  it('a task token arrives once the relay works again, and is in no log', async () => {
    let healthy = false;
    const queue = aQueue(() => healthy);
    queue.put(pause);
    await queue.minutes(70);
    expect(queue.sent.length).toBeGreaterThan(1);
    healthy = true;
    await queue.minutes(60);
    expect(queue.sent.at(-1)?.message).toMatchObject(pause);
    expect(queue.letters).toEqual([]);
    expect(queue.logged.join()).not.toContain('secret-token');
  });

  it('54 a title arrives though other wakes of its turn are replayed', async () => {
    const queue = aQueue(() => true);
    for (const letter of [flush, { ...flush, title: { text: 'Release notes' } }, flush]) queue.put(letter);
    await queue.minutes(1);
    expect(queue.sent.map(({ message }) => 'title' in message)).toEqual([false, true]);
    expect(queue.logged.join()).not.toContain('Release notes');
  });

  it('a letter that always comes back is replayed six times at growing distances, then kept out of the way', async () => {
    const queue = aQueue(() => false);
    queue.put(pause);
    await queue.minutes(12 * 60);
    expect(queue.sent.map(({ delayMs }) => delayMs / 1000)).toEqual([0, 60, 120, 240, 480, 900]);
    expect(queue.letters).toHaveLength(1);
    expect(queue.logged.filter((line) => line.startsWith('error'))).toHaveLength(1);
    expect(queue.logged.join()).not.toContain('secret-token');
  });

  it('what is no wake stays, is told once in half a day, and keeps no other from being replayed', async () => {
    const queue = aQueue(() => true);
    for (let n = 0; n < 60; n++) queue.put(`broken ${n} secret-token`);
    queue.put(flush);
    await queue.minutes(11 * 60);
    expect(queue.sent).toHaveLength(1);
    expect(queue.letters).toHaveLength(60);
    expect(queue.logged.filter((line) => line.startsWith('error'))).toHaveLength(60);
    expect(queue.logged.join()).not.toContain('secret-token');
  });

  it('tokens go first, and one wake stands for all of its turn', async () => {
    const queue = aQueue(() => true);
    for (const letter of [flush, guard, { ...flush, turnId: 't2' }, flush, pause]) queue.put(letter);
    await queue.minutes(1);
    expect(queue.sent.map(({ message }) => message.kind)).toEqual(['pause', 'flush']);
    expect(queue.letters).toEqual([]);
  });

  it('a letter that could not be sent stays, and the others are sent', async () => {
    const queue = aQueue(() => true);
    const { sendWake } = queue.deps;
    queue.deps.sendWake = async (message, delayMs) => {
      if (message.kind === 'pause') throw new Error('SQS does not answer.');
      await sendWake(message, delayMs);
    };
    for (const letter of [pause, { ...flush, turnId: 't2' }]) queue.put(letter);
    expect(await replayDeadLetters(queue.deps)).toEqual({ replayed: 1, givenUp: 0 });
    expect(queue.letters.map(({ body }) => body)).toEqual([JSON.stringify(pause)]);
  });
});

it('speaks to SQS: ten letters at once, by their handles', async () => {
  const sent: unknown[] = [];
  const client = {
    send: async (command: { input: unknown }) => {
      sent.push(command.input);
      return { Messages: [{ MessageId: 'm1', Body: 'text', ReceiptHandle: 'h1' }, { MessageId: 'm2' }] };
    },
  } as Pick<SQSClient, 'send'>;
  const queue = createDeadLetters(client, 'https://queue');
  const letters = await queue.receive(90);
  expect(letters).toEqual([{ id: 'm1', body: 'text', handle: 'h1' }]);
  for (const letter of letters) {
    await queue.hide(letter, 43_200);
    await queue.remove(letter);
  }
  const place = { QueueUrl: 'https://queue', ReceiptHandle: 'h1' };
  expect(sent).toEqual([
    { QueueUrl: 'https://queue', MaxNumberOfMessages: 10, VisibilityTimeout: 90 },
    { ...place, VisibilityTimeout: 43_200 },
    place,
  ]);
});
