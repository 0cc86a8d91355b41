import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SEED } from '../../local/slack/server.ts';
import { asks, beginsText, endsText, gets, says } from '../../test/support/relay-log.ts';
import { Crash, createRelayWorld } from '../../test/support/relay-world.ts';
import { lettersOf, lettersOfMarkdown } from '../slack/visible-text.ts';

const mention = `<@${SEED.people.requester}>`;

/** What goes wrong with one of the relay's calls to Slack. */
type Mishap =
  | 'none'
  | 'lost answer'
  | 'down'
  | 'refused'
  | 'too long'
  | 'expired'
  | 'dies before'
  | 'dies after';
const mishaps: Mishap[] = [
  'none',
  'lost answer',
  'down',
  'refused',
  'too long',
  'expired',
  'dies before',
  'dies after',
];

/** Texts that Slack converts, that repeat themselves, or that hardly have a letter. */
const styles: Record<string, (n: number) => string> = {
  words: (n) => `word${n} `,
  repeats: () => 'ha ',
  marks: (n) => `**bold${n}** _it${n}_ \`code${n}\` `,
  links: (n) => `see [page ${n}](https://example.com/${n}) `,
  list: (n) => `- item ${n}\n`,
  numbers: (n) => `${n + 1}. point ${n}\n`,
  heading: (n) => `## Part ${n}\n\n`,
  signs: () => '😀 :tada: … ',
  emoji: (n) => `كلمة${n}👩‍👩‍👧‍👦😀`,
  cells: (n) => (n % 5 === 0 ? '\n| ◆ | ◇ |\n|---|---|\n' : `| ${n} | x${n} |\n`),
  code: (n) => `\`\`\`\nline ${n}\n\`\`\`\n`,
};

const scene = fc.record({
  /** Milliseconds before each batch, and what it is. */
  batches: fc.array(
    fc.record({
      wait: fc.constantFrom(50, 700, 2_500, 20_000),
      tool: fc.boolean(),
      words: fc.integer({ min: 1, max: 60 }),
      style: fc.constantFrom(...Object.keys(styles)),
    }),
    { minLength: 1, maxLength: 12 },
  ),
  mishaps: fc.array(
    fc.oneof(
      { weight: 3, arbitrary: fc.constant<Mishap>('none') },
      { weight: 2, arbitrary: fc.constantFrom(...mishaps) },
    ),
    {
      maxLength: 15,
    },
  ),
  rollBytes: fc.constantFrom(300, 1_000, 9_000),
  /** The relay dies before its n-th write. */
  dies: fc.option(fc.integer({ min: 0, max: 40 })),
});

/** Plays a turn whose calls to Slack go wrong as told; what Slack shows in the end, as letters, and what the log said. */
async function playScene({
  batches,
  mishaps: told,
  rollBytes,
  dies,
}: typeof scene extends fc.Arbitrary<infer T> ? T : never) {
  const world = await createRelayWorld({ limits: { rollBytes } });
  try {
    const turn = await world.newTurn();
    if (dies !== null) world.dieBeforeWrite(dies);
    const left = [...told];
    world.onCall(async (method, send) => {
      if (!method.startsWith('chat.')) return send();
      const mishap = left.shift() ?? 'none';
      if (mishap === 'dies before') throw new Crash();
      if (mishap === 'lost answer') await world.slack.fault({ method, effect: 'drop_answer', times: 1 });
      if (mishap === 'down') await world.slack.fault({ method, effect: 'http_error', times: 1 });
      if (mishap === 'refused')
        await world.slack.fault({ method, effect: 'rate_limited', retryAfter: 3, times: 1 });
      if (/append|stop/.test(method) && (mishap === 'too long' || mishap === 'expired')) {
        const error = mishap === 'too long' ? 'msg_too_long' : 'message_not_in_streaming_state';
        await world.slack.fault({ method, effect: 'error', error, times: 1 });
      }
      const answer = await send();
      if (mishap === 'dies after') throw new Crash();
      return answer;
    });
    let at = 500;
    let word = 0;
    let logged = '';
    const tools: string[] = [];
    for (const { wait, tool, words, style } of batches) {
      at += wait;
      if (tool) {
        const id = `call-${tools.length}`;
        tools.push(id);
        world.after(at, () => turn.write(asks(id, { n: id })));
        world.after(at + 400, () => turn.write(gets(id, `result of ${id}`)));
      } else {
        const text = Array.from({ length: words }, () => styles[style]?.(word++)).join('');
        logged += `\n\n${text}`;
        world.after(at, () => turn.write(beginsText(), says(text), endsText()));
      }
    }
    world.after(at + 900, () => turn.end());
    await world.run();
    const messages = await turn.messages();
    const shown = await turn.letters();
    const cards = new Map(messages.flatMap(({ stream }) => Object.entries(stream?.cards ?? {})));
    const whole = messages.some(({ stream }) => stream === undefined);
    const record = await turn.record();
    const refusals = (await world.slack.calls()).flatMap(({ error }) => error ?? []);
    return { shown, logged, tools, cards, whole, record, refusals, told };
  } finally {
    await world.close();
  }
}

describe('a turn whose calls to Slack go wrong', () => {
  it('shows every text once and in order, one mention, and all cards at their end', async () => {
    await fc.assert(
      fc.asyncProperty(scene, async (given) => {
        const { shown, logged, tools, cards, whole, record, refusals, told } = await playScene(given);
        expect(record.closedAt).toBeDefined();
        expect(shown).toBe(lettersOfMarkdown(logged) + lettersOf(mention));
        // Where the end was posted whole, cards are not part of it.
        if (!whole) for (const id of tools) expect(cards.get(id)?.status).toBe('complete');
        const made = {
          'too long': 'msg_too_long',
          expired: 'message_not_in_streaming_state',
          refused: 'ratelimited',
        };
        const provoked = told.map((mishap) => made[mishap as keyof typeof made]);
        expect(
          refusals.filter(
            (error) => !provoked.includes(error) && !/^(http_503|connection_closed)/.test(error),
          ),
        ).toEqual([]);
      }),
      { numRuns: 100 },
    );
  }, 60_000);
});
