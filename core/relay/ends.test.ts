import { afterEach, describe, expect, it } from 'vitest';
import { SEED } from '../../local/slack/server.ts';
import {
  asks,
  beginsText,
  endsText,
  failsWith,
  gets,
  part,
  resumes,
  says,
} from '../../test/support/relay-log.ts';
import {
  createRelayWorld,
  noStreams,
  type RelayWorld,
  type RelayWorldOptions,
  type WorldTurn,
} from '../../test/support/relay-world.ts';
import { lettersIn, shownEnd, timesIn } from '../../test/support/shown-end.ts';
import type { DisplayChoice, Surface } from '../display/display.ts';
import type { TurnRecord } from '../turns/record.ts';

const requester = SEED.people.requester;
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
const NOT_WHOLE = 'The answer above is not complete.';

interface EndCase {
  name: string;
  write: (turn: WorldTurn) => Promise<void>;
  end: Parameters<WorldTurn['end']>;
  /** Sentences that stand in the thread, once each. */
  says: string[];
  /** Whether there is an answer, or a part of one, to be judged. */
  thumbs: boolean;
  title?: string;
  cards?: string[];
}

const answer = (turn: WorldTurn) => turn.write(asks('a'), gets('a', 'fine'), ...part('The whole answer.'));
const half = (turn: WorldTurn) =>
  turn.write(asks('a'), gets('a', 'fine'), asks('b'), beginsText(), says('Half an ans'), endsText());
const nothing = async () => {};

const cases: EndCase[] = [
  {
    name: 'an answer',
    write: answer,
    end: ['completed'],
    says: ['The whole answer.'],
    thumbs: true,
    title: '1 step',
    cards: ['complete fine'],
  },
  {
    name: 'S-16 an answer that reached the length limit',
    write: answer,
    end: ['completed', 'The answer reached the model’s length limit and ends early.'],
    says: ['The whole answer.', 'The answer reached the model’s length limit and ends early.'],
    thumbs: true,
    title: '1 step',
    cards: ['complete fine'],
  },
  {
    name: 'a stop in the middle',
    write: half,
    end: ['stopped', 'Stopped.'],
    says: ['Half an ans', `Stopped. ${NOT_WHOLE}`],
    thumbs: true,
    title: 'Stopped',
    cards: ['complete fine', 'error Stopped before it was done.'],
  },
  {
    name: 'a stop before anything was said',
    write: nothing,
    end: ['stopped', 'Stopped.'],
    says: ['Stopped.'],
    thumbs: false,
    title: 'Stopped',
  },
  {
    name: 'a newer message that goes before',
    write: half,
    end: ['stopped', 'A newer message came in, so I stopped here.'],
    says: ['Half an ans', `A newer message came in, so I stopped here. ${NOT_WHOLE}`],
    thumbs: true,
    title: 'Stopped',
    cards: ['complete fine', 'error Stopped before it was done.'],
  },
  {
    name: 'a model that failed before it said anything',
    write: nothing,
    end: ['failed', 'The model is overloaded. I tried 25 times. Please ask again later.'],
    says: ['The model is overloaded. I tried 25 times. Please ask again later.'],
    thumbs: false,
    title: 'Failed',
  },
  {
    name: 'G-42 a model that failed in the middle of an answer',
    write: half,
    end: ['failed', 'The model’s quota is used up. An administrator has to check it.'],
    says: ['Half an ans', `The model’s quota is used up. An administrator has to check it. ${NOT_WHOLE}`],
    thumbs: true,
    title: 'Failed',
    cards: ['complete fine', 'error Failed: it was not finished.'],
  },
  {
    name: 'a crash that settle ended',
    write: (turn) => turn.write(asks('a')),
    end: ['failed', 'Something went wrong on my side and I could not finish this. Please ask again.'],
    says: ['Something went wrong on my side and I could not finish this. Please ask again.'],
    thumbs: false,
    title: 'Failed',
    cards: ['error Failed: it was not finished.'],
  },
  {
    name: 'an answer cut three times',
    write: half,
    end: ['failed', 'The answer did not fit into the time one answer may take. Ask me to go on if I should.'],
    says: [
      'Half an ans',
      `The answer did not fit into the time one answer may take. Ask me to go on if I should. ${NOT_WHOLE}`,
    ],
    thumbs: true,
    title: 'Failed',
    cards: ['complete fine', 'error Failed: it was not finished.'],
  },
  {
    name: 'a stop while people were asked',
    write: async (turn) => {
      await turn.write(asks('a'), gets('a', 'fine'), asks('p'));
      await turn.pause();
      await world.run(10_000);
    },
    end: ['stopped', 'Stopped.'],
    says: ['Stopped.'],
    thumbs: false,
    title: 'Stopped',
    cards: ['complete fine', 'error Stopped before it was done.'],
  },
];

/** `whole`: streams are refused, so the answer is posted at the end. */
const ways: { surface: Surface; whole?: true }[] = [
  { surface: 'plan' },
  { surface: 'timeline' },
  { surface: 'final' },
  { surface: 'plan', whole: true },
];

describe.each(ways)(
  '21 what the thread shows at the end, $surface, posted whole: $whole',
  ({ surface, whole }) => {
    it.each(cases)('$name', async ({ write, end: [how, reason], says: sentences, thumbs, title, cards }) => {
      const turn = await aTurn({ surface, footer: ['agent', 'model', 'time', 'cost'] }, worked);
      if (whole) await world.slack.fault(noStreams);
      await world.run(1_500);
      await write(turn);
      await world.run(4_000);
      await turn.end(how, reason, told);
      await world.run();
      const shown = shownEnd(await turn.messages());
      const text = lettersIn(shown.text);
      for (const sentence of sentences) expect(timesIn(text, lettersIn(sentence))).toBe(1);
      expect(timesIn(text, lettersIn(NOT_WHOLE))).toBe(timesIn(sentences.join(), NOT_WHOLE));
      expect(mentionsIn(shown.text)).toBe(1);
      expect(shown).toMatchObject({
        footer: 'Assistant · claude-x · 42 s · $0.012',
        thumbs,
        strays: 0,
        streaming: 0,
      });
      if (surface === 'plan' && !whole)
        expect(shown).toMatchObject({ planTitle: title ?? '', cards: cards ?? [] });
      expect((await turn.record()).closedAt).toBeDefined();
      expect((await world.slack.session(turn.channel, turn.threadTs))?.status ?? 'active').toBe('active');
      const refused = (await world.slack.calls()).filter(
        ({ ok, method }) => !ok && method !== 'chat.startStream',
      );
      expect(refused.map(({ method, error }) => `${method} ${error}`)).toEqual([]);
    });
  },
);

describe('the plan’s title as outcome', () => {
  it('21 counts steps and those that failed, over all messages', async () => {
    const turn = await aTurn({}, {}, { limits: { rollCards: 3 } });
    for (let n = 0; n < 5; n++) await turn.write(asks(`c${n}`), gets(`c${n}`));
    await turn.write(asks('bad'), { type: 'tool-output-error', toolCallId: 'bad', errorText: 'no' });
    await turn.end();
    await world.run();
    expect(shownEnd(await turn.messages()).planTitle).toBe('6 steps, 1 failed');
  });

  it('19 21 counts the agent’s calls alone, as the line for everyone does', async () => {
    const turn = await aTurn({ progressLine: true });
    await turn.write(
      { type: 'data-file', data: { fileId: 'F1', name: 'all.zip', reason: 'I cannot read this kind.' } },
      ...[
        asks('compaction-1-1', {}, 'compact_conversation'),
        gets('compaction-1-1', 'Summarised 40 messages.'),
      ],
      ...[asks('a'), gets('a')],
    );
    await world.run(5_000);
    await turn.write(
      { type: 'data-follow-up', data: { messageTs: '1.2', userId: requester, text: 'And the totals.' } },
      ...[asks('b'), failsWith('b', 'No.'), asks('compaction-2-1', {}, 'compact_conversation')],
    );
    await turn.end();
    await world.run();
    const messages = await turn.messages();
    const [streamed] = messages.filter(({ stream }) => stream);
    expect(Object.keys(streamed?.stream?.cards ?? {})).toHaveLength(6);
    expect(streamed?.stream?.planTitle).toBe('2 steps, 1 failed');
    expect(messages.map(({ text }) => text)).toContainEqual(
      expect.stringMatching(/^Done in \d+ s, 2 steps$/),
    );
  });
});

describe('a turn that was resumed', () => {
  it('G-41 mentions the requester once, in its last message', async () => {
    const turn = await aTurn();
    await turn.write(...part('Let me ask.'), asks('p'));
    await turn.pause();
    await world.run(10_000);
    await turn.setState('running');
    await turn.write(resumes(), gets('p', 'posted'), ...part('Done.'));
    await turn.end();
    await world.run();
    const messages = (await turn.messages()).filter(({ stream }) => stream);
    expect(messages.map(({ stream }) => timesIn(stream?.markdown ?? '', `<@${requester}>`))).toEqual([0, 1]);
    expect(shownEnd(messages)).toMatchObject({ thumbs: true, strays: 0 });
  });

  it('G-42 and fails shows the failure, and its open cards as failed', async () => {
    const turn = await aTurn();
    await turn.write(asks('p'));
    await turn.pause();
    await world.run(10_000);
    await turn.setState('running');
    await turn.write(resumes(), gets('p', 'posted'), asks('b'));
    await turn.end('failed', 'The model’s provider had an error. Please ask again later.');
    await world.run();
    const shown = shownEnd((await turn.messages()).filter(({ stream }) => stream));
    expect(shown.text).toContain('The model’s provider had an error. Please ask again later.');
    expect(shown.cards).toEqual(['complete posted', 'error Failed: it was not finished.']);
    expect(shown.planTitle).toBe('Failed');
  });
});

describe('S-6 a person’s stop in the middle', () => {
  const LINE = `Stopped. ${NOT_WHOLE}`;
  const inTheMiddle = async (): Promise<WorldTurn> => {
    const turn = await aTurn();
    await turn.write(asks('a'), gets('a', 'fine'), asks('b'), beginsText(), says('Half an ans'));
    await world.run(4_000);
    return turn;
  };

  it('the native one: Slack ends the stream, and the app sends nothing into it any more', async () => {
    const turn = await inTheMiddle();
    await world.slack.stop({ user: requester, channel: turn.channel, thread_ts: turn.threadTs });
    const stopped = (await turn.messages())[0]?.stream;
    await turn.end('stopped', 'Stopped.');
    await world.run();
    const messages = await turn.messages();
    const shown = shownEnd(messages);
    // What Slack ended is as it was: the running card, too, which only an edit could change, and that takes all cards.
    expect(messages[0]?.stream).toEqual(stopped);
    expect(shown.cards).toEqual(['complete fine', 'in_progress']);
    expect(shown.streaming).toBe(0);
    expect(await world.slack.calls({ method: 'chat.update' })).toEqual([]);
    expect(await world.slack.calls({ method: 'chat.startStream' })).toHaveLength(1);
    expect(messages).toHaveLength(2);
    expect(timesIn(lettersIn(shown.text), lettersIn(LINE))).toBe(1);
    expect(mentionsIn(shown.text)).toBe(1);
    expect((await world.slack.session(turn.channel, turn.threadTs))?.status).toBe('active');
  });

  it('where the stream is still the app’s: the running card ends, and the plan says so', async () => {
    const turn = await inTheMiddle();
    await turn.end('stopped', 'Stopped.');
    await world.run();
    const messages = await turn.messages();
    const shown = shownEnd(messages);
    expect(messages).toHaveLength(1);
    expect(shown.cards).toEqual(['complete fine', 'error Stopped before it was done.']);
    expect(shown).toMatchObject({ planTitle: 'Stopped', streaming: 0 });
    expect(shown.text).toBe(`Half an ans\n\n${LINE}\n\n<@${requester}>`);
    expect((await world.slack.session(turn.channel, turn.threadTs))?.status).toBe('active');
  });
});
