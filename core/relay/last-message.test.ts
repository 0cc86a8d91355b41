import { afterEach, describe, expect, it } from 'vitest';
import { SEED } from '../../local/slack/server.ts';
import { asks, beginsText, gets, part, says } from '../../test/support/relay-log.ts';
import {
  createRelayWorld,
  noStreams,
  type RelayWorld,
  type RelayWorldOptions,
  type WorldTurn,
} from '../../test/support/relay-world.ts';
import { shownEnd, timesIn } from '../../test/support/shown-end.ts';
import type { DisplayChoice } from '../display/display.ts';
import { storeFeedback } from '../feedback/store-feedback.ts';
import { parseInteraction } from '../slack/inbound/parse-interaction.ts';
import { keys } from '../store/keys.ts';
import type { TurnRecord } from '../turns/record.ts';

const requester = SEED.people.requester;
const mention = `<@${requester}>`;
let world: RelayWorld;

afterEach(() => world.close());

async function aTurn(
  display: DisplayChoice = {},
  over: Partial<TurnRecord> = {},
  options: RelayWorldOptions = {},
): Promise<WorldTurn> {
  world = await createRelayWorld(options);
  return world.newTurn(over, display);
}

const mentionsIn = (text: string): number => timesIn(text, requester);

const worked = { workedMs: 42_000 };
const told = { model: 'anthropic/claude-x', usage: { inputTokens: 1, outputTokens: 1, costUsd: 0.0123 } };

describe('21 footer and thumbs', () => {
  it('stand below the mention of the last message alone, however often the answer was rolled over', async () => {
    const turn = await aTurn({}, worked, { limits: { rollBytes: 400 } });
    await turn.write(...part('Many words. '.repeat(200)));
    await turn.end('completed', undefined, told);
    await world.run();
    const messages = await turn.messages();
    expect(messages.length).toBeGreaterThan(3);
    expect(shownEnd(messages)).toMatchObject({
      footer: 'Assistant · claude-x · 42 s',
      thumbs: true,
      strays: 0,
    });
    expect(
      messages
        .at(-1)
        ?.blocks.map(({ type }) => type)
        .slice(-3),
    ).toEqual(['rich_text', 'context', 'context_actions']);
  });

  it.each<[string, DisplayChoice, string, boolean]>([
    ['nothing', { footer: [], feedback: false }, '', false],
    ['thumbs alone', { footer: [] }, '', true],
    ['a footer alone', { footer: ['time'], feedback: false }, '42 s', false],
  ])('are what was chosen: %s', async (_, display, footer, thumbs) => {
    const turn = await aTurn(display, worked);
    await turn.write(...part('Fine.'));
    await turn.end('completed', undefined, told);
    await world.run();
    expect(shownEnd(await turn.messages())).toMatchObject({ footer, thumbs });
  });

  it('48 are not shown for a compaction, which mentions nobody either', async () => {
    const turn = await aTurn({}, { ...worked, kind: 'compaction' });
    await turn.write(asks('a'), gets('a'));
    await turn.end('completed', undefined, told);
    await world.run();
    const shown = shownEnd(await turn.messages());
    expect(shown).toMatchObject({ footer: '', thumbs: false });
    expect(mentionsIn(shown.text)).toBe(0);
  });

  it('48 a compaction that cannot be streamed and has nothing to say posts nothing', async () => {
    const turn = await aTurn({}, { ...worked, kind: 'compaction' });
    await world.slack.fault(noStreams);
    await turn.write(asks('a'), gets('a'));
    await turn.end();
    await world.run();
    expect(await turn.messages()).toEqual([]);
    expect((await turn.record()).closedAt).toBeDefined();
  });

  it.each(['invalid_blocks', 'streaming_mode_mismatch'])(
    'refused by Slack (%s) are left out: text, cards and mention end as they should',
    async (error) => {
      const turn = await aTurn({}, worked);
      await turn.write(asks('a'), gets('a', 'fine'), ...part('Fine.'));
      await world.run(4_000);
      await world.slack.fault({
        method: 'chat.stopStream',
        effect: 'error',
        error,
        times: 1,
      });
      await turn.end();
      await world.run();
      const messages = await turn.messages();
      expect(messages).toHaveLength(1);
      expect(shownEnd(messages)).toMatchObject({
        text: `Fine.\n\n${mention}`,
        cards: ['complete fine'],
        planTitle: '1 step',
        footer: '',
        streaming: 0,
      });
    },
  );

  it('do not hide from a relay that died whether the end was shown', async () => {
    const turn = await aTurn({}, worked);
    await turn.write(...part('Fine.'));
    await world.run(4_000);
    await world.slack.fault({ method: 'chat.stopStream', effect: 'drop_answer', times: 1 });
    await turn.end();
    await world.run();
    expect(shownEnd(await turn.messages())).toMatchObject({ text: `Fine.\n\n${mention}`, thumbs: true });
    expect(await world.slack.calls({ method: 'chat.stopStream' })).toHaveLength(1);
  });

  it('a pressed thumb, as Slack sends it, is stored with the turn', async () => {
    const turn = await aTurn({}, worked);
    await turn.write(...part('Fine.'));
    await turn.end();
    await world.run();
    const [message] = await turn.messages();
    const { payload } = await world.slack.click({
      user: SEED.people.reviewer,
      channel: turn.channel,
      ts: message?.ts ?? '',
      action_id: 'sluice_feedback',
      choice: 'negative',
    });
    const parsed = parseInteraction(`payload=${encodeURIComponent(JSON.stringify(payload))}`);
    if (parsed.kind !== 'feedback') throw new Error(`It was read as ${parsed.kind}.`);
    expect(parsed.press).toMatchObject({ threadTs: turn.threadTs, rating: 'down' });
    const { by: userId, ...press } = parsed.press;
    expect(Math.abs((press.at ?? 0) - world.now())).toBeLessThan(10);
    const outcome = await storeFeedback(world, { ...press, userId, at: press.at ?? 0 });
    expect(outcome).toEqual({ outcome: 'rated', sessionId: turn.sessionId });
    expect(await world.store.get(keys.feedback(turn.turnId, userId))).toMatchObject({
      rating: 'down',
      userId: SEED.people.reviewer,
      messageTs: message?.ts,
      at: press.at,
    });
  });
});

describe('P-6 one mention', () => {
  const mentioning = { mentions: 'people' } as const;

  it('none is added where the answer has mentioned the requester', async () => {
    const turn = await aTurn(mentioning);
    await turn.write(...part(`Here you are, ${mention}.`));
    await world.run(4_000);
    await turn.write(...part('And one more thing.'));
    await turn.end();
    await world.run();
    const { text } = shownEnd(await turn.messages());
    expect(text).toBe(`Here you are, ${mention}.\n\nAnd one more thing.`);
  });

  it('none is added where an earlier message of the turn has mentioned them', async () => {
    const turn = await aTurn(mentioning, {}, { limits: { rollBytes: 400 } });
    await turn.write(...part(`For ${mention}: ${'many words, '.repeat(100)}`));
    await turn.end();
    await world.run();
    const messages = await turn.messages();
    expect(messages.length).toBeGreaterThan(2);
    expect(mentionsIn(shownEnd(messages).text)).toBe(1);
  });

  it('a mention that is not to be stays text, and the one at the end comes', async () => {
    const turn = await aTurn({ mentions: 'none' });
    await turn.write(...part(`Here you are, ${mention}.`));
    await turn.end();
    await world.run();
    const { text } = shownEnd(await turn.messages());
    expect(timesIn(text, mention)).toBe(1);
    expect(text.endsWith(mention)).toBe(true);
  });

  it.each([
    ['somebody else', `Ask <@${SEED.people.reviewer}>.`],
    ['code', `Write \`${mention}\` to call them.`],
    ['a code block', `Like so:\n\n\`\`\`\n${mention}\n\`\`\`\n`],
  ])('one is added where the answer mentions %s', async (_, answer) => {
    const turn = await aTurn(mentioning);
    await turn.write(...part(answer));
    await turn.end();
    await world.run();
    expect(shownEnd(await turn.messages()).text.endsWith(`\n\n${mention}`)).toBe(true);
  });

  it('none is added to an answer that is posted whole and mentions them itself', async () => {
    const turn = await aTurn(mentioning);
    await world.slack.fault(noStreams);
    await turn.write(...part(`Here you are, ${mention}.`));
    await turn.end();
    await world.run();
    expect(mentionsIn(shownEnd(await turn.messages()).text)).toBe(1);
  });
});

describe('what is said once', () => {
  it('P-3 P-4 a follow-up turn posts no second message with a text that was streamed', async () => {
    const turn = await aTurn();
    await turn.write(...part('First answer.'));
    await turn.end();
    await world.run();
    const next = await world.newTurn({
      threadTs: turn.threadTs,
      messageTs: '1.2',
      previousTurnId: turn.turnId,
    });
    await next.write(...part('Second answer.'));
    await next.end();
    await world.run();
    const messages = await turn.messages();
    expect(messages.map(({ stream }) => stream?.markdown)).toEqual([
      `First answer.\n\n${mention}`,
      `Second answer.\n\n${mention}`,
    ]);
  });

  it('P-4 a question to people is posted, whatever is streamed', async () => {
    const turn = await aTurn();
    await turn.write(...part('Let me ask.'), asks('p'));
    const pauseId = await turn.pause();
    await world.handle({ v: 1, kind: 'pause', turnId: turn.turnId, pauseId, token: 'token' });
    await world.run(10_000);
    const messages = await turn.messages();
    expect(messages.map(({ stream }) => stream !== undefined)).toEqual([true, false]);
    expect(messages[1]?.actionIds).toContain('sluice_approve');
    expect(timesIn(await turn.letters(), 'Letmeask')).toBe(1);
  });

  it('P-5 a failure is posted as a message of its own where the stream is over already', async () => {
    const turn = await aTurn({}, {}, { simulator: { streamLifetimeMs: 20_000 } });
    await turn.write(beginsText(), says('Half an ans'));
    await world.run(5_000);
    // Slack ends the stream before the relay hears of the failure.
    await world.slack.advanceClock(60_000);
    await turn.end('failed', 'The model is overloaded. Please ask again later.');
    await world.run();
    const messages = await turn.messages();
    expect(messages.at(-1)?.stream).toBeUndefined();
    const { text } = shownEnd(messages);
    expect(timesIn(text, 'The model is overloaded.')).toBe(1);
    expect(timesIn(text, 'Half an ans')).toBe(1);
  });
});
