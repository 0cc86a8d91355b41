import { afterEach, describe, expect, it } from 'vitest';
import { SEED } from '../../../local/slack/server.ts';
import { part } from '../../../test/support/relay-log.ts';
import {
  Crash,
  createRelayWorld,
  type RelayWorld,
  type WorldTurn,
} from '../../../test/support/relay-world.ts';
import type { AttachmentRecord } from '../../attachments/attachment.ts';
import type { DisplayChoice } from '../../display/display.ts';
import { refusalSentence } from './post-refusal.ts';

let world: RelayWorld | undefined;

afterEach(async () => {
  await world?.close();
  world = undefined;
});

const file = (name: string, content = `content of ${name}`) => ({ name, content });
const pie = (title: string) => ({
  title,
  chart: { type: 'pie', segments: [{ label: 'a', value: 1 }] },
});

type Given = ReturnType<typeof file> | ReturnType<typeof pie>;

/** A turn whose tools attached these, told and ended, and not looked at by the relay yet. */
async function endedTurn(given: readonly Given[], display?: DisplayChoice) {
  world = await createRelayWorld();
  const attachments: AttachmentRecord[] = [];
  for (const [n, one] of given.entries()) {
    const id = `a${n}`;
    const key = `attachments/t/${id}`;
    if ('chart' in one) {
      await world.bodies.put(key, one);
      attachments.push({ id, key, kind: 'chart', name: one.title, bytes: 1 });
    } else {
      const bytes = Buffer.from(one.content);
      await world.bodies.putBytes(key, bytes);
      const altText = `What ${one.name} is`;
      attachments.push({ id, key, kind: 'file', name: one.name, bytes: bytes.length, altText });
    }
  }
  const turn = await world.newTurn({ attachments }, display);
  await turn.write(...part('Here it is.'));
  await turn.end();
  return { world, turn };
}

const namesIn = async (turn: WorldTurn): Promise<string[]> =>
  (await turn.messages()).flatMap(({ files }) => (files ?? []).map(({ name }) => name));

/** Sharing comes a moment after Slack's answer. */
async function settle(of: RelayWorld): Promise<void> {
  await of.run();
  await of.slack.advanceClock(60_000);
}

async function expectWhole(of: RelayWorld, turn: WorldTurn, names: string[]): Promise<void> {
  await settle(of);
  expect(await namesIn(turn)).toEqual(names);
  expect(await turn.text()).toContain('Here it is.');
  expect((await turn.record()).closedAt).toBeDefined();
}

describe('files of an answer', () => {
  it('are uploaded into the thread behind its end, one after the other', async () => {
    const { world, turn } = await endedTurn([file('a.csv'), file('b.txt')]);
    await expectWhole(world, turn, ['a.csv', 'b.txt']);
    const calls = (await world.slack.calls()).map(({ method }) => method);
    expect(calls.indexOf('files.getUploadURLExternal')).toBeGreaterThan(calls.indexOf('chat.stopStream'));
    const [first] = (await turn.messages()).flatMap(({ files }) => files ?? []);
    expect(first).toMatchObject({ title: 'a.csv', size: 16, alt_txt: 'What a.csv is' });
    expect((await turn.record()).uploads).toEqual({ done: ['a0', 'a1'] });
  });

  it('keep their bytes', async () => {
    const content = 'ä🙂\u0000'.repeat(1_000);
    const { world, turn } = await endedTurn([file('x.bin', content)]);
    await settle(world);
    const [stored] = (await turn.messages()).flatMap(({ files }) => files ?? []);
    const response = await fetch(stored?.url_private ?? '', {
      headers: { authorization: `Bearer ${SEED.botToken}` },
    });
    expect(await response.text()).toBe(content);
  });

  it('wait for nothing but the answer: not before the turn has ended', async () => {
    world = await createRelayWorld();
    const attachments = [{ id: 'a0', key: 'k', kind: 'file', name: 'a.csv', bytes: 1 }] as const;
    await world.bodies.putBytes('k', Buffer.from('x'));
    const turn = await world.newTurn({ attachments: [...attachments] });
    await turn.write(...part('Half of it'));
    await world.run(10_000);
    expect(await world.slack.calls({ method: 'files.getUploadURLExternal' })).toEqual([]);
  });
});

const methods = [
  'files.getUploadURLExternal',
  'upload_url',
  'files.completeUploadExternal',
  'files.info',
] as const;

describe('what goes wrong on the way', () => {
  it.each(
    methods.slice(0, 3).flatMap((method) =>
      (
        [
          ['the answer is lost', { effect: 'drop_answer' }],
          ['the request is lost', { effect: 'drop_request' }],
          ['503', { effect: 'http_error', status: 503 }],
          ['503 although it was applied', { effect: 'http_error', status: 503, applied: true }],
          ['half an answer', { effect: 'truncated_json' }],
          ['internal_error', { effect: 'error', error: 'internal_error' }],
          ['429', { effect: 'rate_limited', retryAfter: 7 }],
        ] as const
      ).map(([name, fault]) => [method, name, fault] as const),
    ),
  )('%s: %s, and each file stands in the thread once', async (method, _name, fault) => {
    const { world, turn } = await endedTurn([file('a.csv'), file('b.txt')]);
    await world.slack.fault({ method, times: 2, ...fault });
    await expectWhole(world, turn, ['a.csv', 'b.txt']);
  });

  it('a 429 is waited out for as long as Slack says', async () => {
    const { world, turn } = await endedTurn([file('a.csv')]);
    await world.slack.fault({
      method: 'files.completeUploadExternal',
      times: 1,
      effect: 'rate_limited',
      retryAfter: 40,
    });
    await expectWhole(world, turn, ['a.csv']);
    const tries = await world.slack.calls({ method: 'files.completeUploadExternal' });
    expect(tries).toHaveLength(2);
    expect((tries[1]?.at ?? 0) - (tries[0]?.at ?? 0)).toBeGreaterThanOrEqual(40_000);
  });

  it.each([
    ['files.info', 'missing_scope'],
    ['files.info', 'internal_error'],
    ['conversations.replies', 'missing_scope'],
  ])('%s answers %s when a lost answer is looked for', async (method, error) => {
    const { world, turn } = await endedTurn([file('a.csv')]);
    await world.slack.fault({ method: 'files.completeUploadExternal', times: 1, effect: 'drop_answer' });
    if (method !== 'files.info')
      await world.slack.fault({ method: 'files.info', effect: 'error', error: 'missing_scope' });
    await world.slack.fault({
      method,
      effect: 'error',
      error,
      ...(error === 'internal_error' ? { times: 2 } : {}),
    });
    await expectWhole(world, turn, ['a.csv']);
  });

  it('Slack shares late: it is looked for again before anything is done', async () => {
    const { world, turn } = await endedTurn([file('a.csv')]);
    await world.slack.setOptions({ fileShareDelayMs: 5_000 });
    await world.slack.fault({ method: 'files.completeUploadExternal', times: 1, effect: 'drop_answer' });
    await expectWhole(world, turn, ['a.csv']);
    expect(await world.slack.calls({ method: 'files.completeUploadExternal' })).toHaveLength(1);
  });

  it('Slack knows the upload no more: it begins anew', async () => {
    const { world, turn } = await endedTurn([file('a.csv')]);
    await world.slack.fault({ method: 'files.completeUploadExternal', times: 1, effect: 'drop_request' });
    await world.slack.fault({
      method: 'files.completeUploadExternal',
      times: 1,
      effect: 'error',
      error: 'file_not_found',
    });
    await expectWhole(world, turn, ['a.csv']);
    expect(await world.slack.calls({ method: 'files.getUploadURLExternal' })).toHaveLength(2);
  });

  it('a relay that dies before any of its writes leaves each of them once', async () => {
    let deaths = 0;
    for (let n = 0; n < 40; n++) {
      const given = [file('a.csv'), file('b.txt'), pie('One'), pie('Two'), pie('Three')];
      const { world, turn } = await endedTurn(given);
      const began = world.now();
      world.dieBeforeWrite(n);
      await settle(world);
      expect(await namesIn(turn), `write ${n}`).toEqual(['a.csv', 'b.txt']);
      expect(await chartsIn(turn), `write ${n}`).toEqual([['One', 'Two'], ['Three']]);
      expect((await turn.record()).closedAt).toBeDefined();
      await world.close();
      // A message that a dead relay had in hands comes again after three minutes.
      if (world.now() - began < 180_000) break;
      deaths++;
    }
    expect(deaths).toBeGreaterThan(10);
  });

  it.each([...methods.slice(0, 3), 'chat.postMessage', 'chat.stopStream'])(
    'a relay that dies right after %s',
    async (method) => {
      const { world, turn } = await endedTurn([file('a.csv'), pie('One'), pie('Two'), pie('Three')]);
      let died = false;
      world.onCall(async (called, send) => {
        const answer = await send();
        if (called === method && !died) {
          died = true;
          throw new Crash();
        }
        return answer;
      });
      await expectWhole(world, turn, ['a.csv']);
      expect(died).toBe(true);
      expect(await chartsIn(turn)).toEqual([['One', 'Two'], ['Three']]);
    },
  );
});

describe('what Slack refuses for good', () => {
  const lines = async (turn: WorldTurn) =>
    (await turn.messages())
      .map(({ visibleText }) => visibleText)
      .filter((text) => text.includes('not be uploaded'));

  it('a missing scope is told once for all files, and not tried again', async () => {
    const { world, turn } = await endedTurn([file('a.csv'), file('b.txt')]);
    await world.slack.fault({ method: 'files.*', effect: 'error', error: 'missing_scope' });
    await expectWhole(world, turn, []);
    expect(await lines(turn)).toEqual([
      expect.stringMatching(/“a\.csv”, “b\.txt” could not be uploaded: .*files:write/),
    ]);
    expect(await world.slack.calls({ method: 'files.getUploadURLExternal' })).toHaveLength(1);
  });

  it.each(['files.getUploadURLExternal', 'files.completeUploadExternal'])(
    'one file at %s is told, and the next is brought',
    async (method) => {
      const { world, turn } = await endedTurn([file('a.exe'), file('b.txt')]);
      await world.slack.fault({ method, times: 1, effect: 'error', error: 'blocked_file_type' });
      await expectWhole(world, turn, ['b.txt']);
      expect(await lines(turn)).toEqual([
        expect.stringMatching(/“a\.exe” could not be uploaded: .*blocked_file_type/),
      ]);
    },
  );

  it.each(['drop_answer', 'drop_request'] as const)('the line itself is posted once: %s', async (effect) => {
    const { world, turn } = await endedTurn([file('a.csv')]);
    await world.slack.fault({ method: 'files.*', effect: 'error', error: 'missing_scope' });
    await world.slack.fault({ method: 'chat.postMessage', times: 2, effect });
    await expectWhole(world, turn, []);
    expect(await lines(turn)).toHaveLength(1);
  });

  it('P-5 a channel that cannot be reached is told the person, once for all files, and no other format is offered', async () => {
    const { world, turn } = await endedTurn([file('a.csv'), file('b.txt')]);
    await world.slack.changeChannel({ channel: turn.channel, archived: true });
    await settle(world);
    const direct = (await world.slack.state()).messages.filter(({ channel }) => channel === 'D0REQUESTER');
    const told = direct.map(({ visibleText }) => visibleText).join('\n');
    expect(told).toContain('Here it is.');
    expect(told).toMatch(/“a\.csv”, “b\.txt” could not be uploaded: .*is_archived/);
    expect(told).not.toMatch(/another format|Ask me again/);
    expect(direct).toHaveLength(2);
    expect((await turn.record()).closedAt).toBeDefined();
  });

  it.each(['is_archived', 'channel_not_found', 'not_in_channel', 'restricted_action', 'thread_not_found'])(
    '%s sends people elsewhere',
    (code) => {
      expect(refusalSentence(['a.csv'], code)).toMatch(
        /Ask me in another channel, or in a direct message\.$/,
      );
    },
  );

  it('a content that is gone is told', async () => {
    world = await createRelayWorld();
    const attachments = [{ id: 'a0', key: 'gone', kind: 'file', name: 'a.csv', bytes: 1 }] as const;
    const turn = await world.newTurn({ attachments: [...attachments] });
    await turn.write(...part('Here it is.'));
    await turn.end();
    await expectWhole(world, turn, []);
    expect(await lines(turn)).toEqual([expect.stringMatching(/its content is not kept any more/)]);
  });

  it('a token that was revoked is tried again, rarely, and given up after a day', async () => {
    const { world, turn } = await endedTurn([file('a.csv')]);
    await world.slack.fault({ method: 'files.*', effect: 'error', error: 'token_revoked' });
    await settle(world);
    const { closedAt, gsi3pk } = await turn.record();
    expect(closedAt).toBeDefined();
    expect(gsi3pk).toBeUndefined();
    const calls = await world.slack.calls({ method: 'files.getUploadURLExternal' });
    expect(calls.length).toBeGreaterThan(2);
    expect(calls.length).toBeLessThan(110);
  });

  it('says what to do, whatever the reason', () => {
    for (const code of [
      'missing_scope',
      'file_uploads_disabled',
      'content_gone',
      'http_413',
      'something_new',
    ])
      expect(refusalSentence(['a.csv'], code)).toMatch(/“a\.csv” could not be uploaded: .*\b[Aa]sk/);
  });
});

/** Titles of the charts of each message that has some. */
async function chartsIn(turn: WorldTurn): Promise<string[][]> {
  const all = (await turn.messages()).map(({ blocks }) =>
    blocks.filter(({ type }) => type === 'data_visualization').map((block) => String(block.title)),
  );
  return all.filter((titles) => titles.length > 0);
}

describe('charts of an answer', () => {
  it('21 stand under its text and above the mention', async () => {
    const { world, turn } = await endedTurn([pie('One'), pie('Two')]);
    await settle(world);
    const messages = await turn.messages();
    expect(messages).toHaveLength(1);
    const types = messages[0]?.blocks.map(({ type }) => type) ?? [];
    const chart = types.indexOf('data_visualization');
    expect(types.slice(chart, chart + 2)).toEqual(['data_visualization', 'data_visualization']);
    const shown = JSON.stringify(messages[0]?.blocks);
    expect(shown.indexOf('Here it is.')).toBeLessThan(shown.indexOf('"One"'));
    expect(shown.lastIndexOf(SEED.people.requester)).toBeGreaterThan(shown.indexOf('"Two"'));
  });

  it('more than a message takes come in messages behind it', async () => {
    const { world, turn } = await endedTurn(['One', 'Two', 'Three', 'Four', 'Five'].map(pie));
    await settle(world);
    expect(await chartsIn(turn)).toEqual([['One', 'Two'], ['Three', 'Four'], ['Five']]);
  });

  it('stand in the posted message where nothing is streamed', async () => {
    const { world, turn } = await endedTurn([pie('One'), pie('Two'), pie('Three')], { surface: 'final' });
    await settle(world);
    expect(await chartsIn(turn)).toEqual([['One', 'Two'], ['Three']]);
    expect((await turn.messages()).every(({ stream }) => stream === undefined)).toBe(true);
  });

  it.each(['invalid_blocks', 'invalid_blocks_format', 'msg_too_long', 'msg_blocks_too_long'])(
    'P-ST 30 the answer goes on without them where Slack says %s, and they come behind it',
    async (error) => {
      const { world, turn } = await endedTurn([pie('One')]);
      await world.slack.fault({ method: 'chat.stopStream', times: 1, effect: 'error', error });
      await settle(world);
      const messages = await turn.messages();
      expect(messages[0]?.visibleText).toContain('Here it is.');
      expect(messages.some(({ streamingState }) => streamingState === 'in_progress')).toBe(false);
      expect(await chartsIn(turn)).toEqual([['One']]);
      expect((await turn.text()).split(`<@${SEED.people.requester}>`)).toHaveLength(2);
    },
  );

  it.each([[undefined], [{ surface: 'final' } as const]])(
    'are tables where Slack takes no charts at all (surface %o)',
    async (display) => {
      const { world, turn } = await endedTurn([pie('One'), pie('Two')], display);
      refuseCharts(world);
      await settle(world);
      expect(await chartsIn(turn)).toEqual([]);
      const texts = (await turn.messages()).map(({ visibleText }) => visibleText);
      expect(texts[0]).toContain('Here it is.');
      expect(texts.filter((text) => /One[\s\S]*value[\s\S]*a +1/.test(text))).toHaveLength(1);
      expect(texts.filter((text) => /Two[\s\S]*value[\s\S]*a +1/.test(text))).toHaveLength(1);
      expect((await turn.record()).closedAt).toBeDefined();
    },
  );
});

/** A workspace whose Slack does not know the block. */
function refuseCharts(of: RelayWorld): void {
  const connect = of.deps.connectSlack;
  of.deps.connectSlack = (token) => {
    const slack = connect(token);
    return {
      async call<T>(method: string, args: Record<string, unknown>) {
        if (JSON.stringify(args).includes('data_visualization'))
          await of.slack.fault({ method, times: 1, effect: 'error', error: 'invalid_blocks' });
        return slack.call<T>(method, args);
      },
    };
  };
}
