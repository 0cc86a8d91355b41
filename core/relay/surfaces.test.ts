import { afterEach, describe, expect, it } from 'vitest';
import { SEED } from '../../local/slack/server.ts';
import { asks, beginsText, endsText, failsWith, gets, part, says } from '../../test/support/relay-log.ts';
import { Crash, createRelayWorld, type RelayWorld } from '../../test/support/relay-world.ts';
import type { Surface } from '../display/display.ts';

const mention = `<@${SEED.people.requester}>`;
let world: RelayWorld | undefined;

afterEach(async () => {
  await world?.close();
  world = undefined;
});

async function aTurn(surface: Surface) {
  world = await createRelayWorld();
  return { world, turn: await world.newTurn({}, { surface, footer: [], feedback: false }) };
}

const methodsCalled = async (of: RelayWorld): Promise<string[]> =>
  (await of.slack.calls()).flatMap(({ method }) => (method.startsWith('chat.') ? method : []));

describe('a timeline in Slack', () => {
  it('11 fifty steps in five bursts cost a call for each burst and one more', async () => {
    const { world, turn } = await aTurn('timeline');
    let at = 0;
    for (let burst = 0; burst < 5; burst++) {
      at += 10_000;
      const ids = Array.from({ length: 10 }, (_, n) => `call-${burst}-${n}`);
      world.after(at, () =>
        turn.write(
          ...part(`Burst ${burst}.`),
          ...ids.flatMap((id) => [asks(id, { path: `/${id}` }), gets(id)]),
        ),
      );
    }
    world.after(at + 500, () => turn.end());
    await world.run();
    expect(await methodsCalled(world)).toEqual([
      'chat.startStream',
      ...Array.from({ length: 4 }, () => 'chat.appendStream'),
      'chat.stopStream',
    ]);
    const [message] = await turn.messages();
    expect(message?.stream?.display).toBe('timeline');
    expect(Object.values(message?.stream?.cards ?? {}).map(({ title, status }) => [title, status])).toEqual([
      ['Thinking', 'complete'],
      ...Array.from({ length: 5 }, () => ['Read file (10)', 'complete']),
    ]);
  });

  it.each(['chat.startStream', 'chat.appendStream', 'chat.stopStream'])(
    'a lost answer of %s doubles no line of a burst and loses no call',
    async (method) => {
      const { world, turn } = await aTurn('timeline');
      let died = 0;
      world.onCall(async (called, send) => {
        const answer = await send();
        if (called === method && died++ < 3) throw new Crash();
        return answer;
      });
      for (let n = 0; n < 4; n++)
        world.after(1_500 + n * 40_000, () =>
          turn.write(asks(`c${n}`, { path: `/${n}` }), gets(`c${n}`, `r${n}`)),
        );
      world.after(170_000, async () => {
        await turn.write(...part('Done.'));
        await turn.end();
      });
      await world.run();
      expect(died).toBeGreaterThan(0);
      const messages = await turn.messages();
      const cards = messages.flatMap(({ stream }) => Object.values(stream?.cards ?? {}));
      expect(cards.at(-1)).toMatchObject({ title: 'Read file (4)', status: 'complete', output: 'r3' });
      const lines = cards.map(({ details }) => details.split('\n'));
      expect(new Set(lines.flat())).toEqual(new Set(['/0', '/1', '/2', '/3']));
      for (const own of lines) expect(new Set(own).size).toBe(own.length);
      expect((await turn.text()).endsWith(`Done.\n\n${mention}`)).toBe(true);
    },
  );

  it('rolls by age with its burst, and mentions once, at the end', async () => {
    const { world, turn } = await aTurn('timeline');
    world.after(1_000, () =>
      turn.write(...part('I look.'), asks('a', { path: '/a' }), asks('b', { path: '/b' })),
    );
    world.after(400_000, () => turn.write(failsWith('a', 'No.'), gets('b')));
    world.after(420_000, async () => {
      await turn.write(...part('So.'));
      await turn.end();
    });
    await world.run();
    const messages = await turn.messages();
    expect(messages.length).toBeGreaterThanOrEqual(2);
    const cards = messages.map(({ stream }) => Object.values(stream?.cards ?? {}).at(-1));
    expect(cards.at(-1)).toMatchObject({ title: 'Read file (2)', status: 'error', output: 'Failed: No.' });
    expect(await turn.text()).toBe(`I look.So.\n\n${mention}`);
    expect((await world.slack.calls()).filter(({ ok }) => !ok)).toEqual([]);
  });
});

describe('a turn of which the answer alone is shown, in Slack', () => {
  it('11 is looked at when it begins and when it ends, however much it writes', async () => {
    const { world, turn } = await aTurn('final');
    for (let n = 0; n < 200; n++)
      world.after(1_000 + n * 1_000, () =>
        n % 10 === 0
          ? turn.write(asks(`c${n}`), gets(`c${n}`))
          : turn.write(beginsText(), says(`Word ${n}.`), endsText()),
      );
    world.after(210_000, () => turn.end());
    await world.run(205_000);
    expect(world.queue).toEqual([]);
    await world.run();
    expect(await methodsCalled(world)).toEqual(['chat.postMessage']);
    const words = Array.from({ length: 9 }, (_, n) => `Word ${191 + n}.`);
    expect((await turn.text()).replace(/\s/g, '')).toContain(words.join('').replace(/\s/g, ''));
    expect(await turn.text()).not.toContain('Word 189.');
    expect((await turn.record()).closedAt).toBeDefined();
  });

  it('knows its whole answer before it posts, in a log that is longer than one read', async () => {
    const { world, turn } = await aTurn('final');
    await world.run(1_000);
    for (let n = 1; n <= 700; n++) await turn.write(...part(`Before ${n}.`));
    await turn.write(asks('a'), gets('a'));
    for (let n = 701; n <= 1_400; n++) await turn.write(...part(`After ${n}.`));
    await turn.end();
    await world.run();
    const letters = await turn.letters();
    const answer = Array.from({ length: 700 }, (_, n) => `After${701 + n}`).join('');
    expect(letters).toBe(answer + SEED.people.requester);
  });

  it('posts the card of a pause, and nothing else, while it waits', async () => {
    const { world, turn } = await aTurn('final');
    await turn.write(...part('May I?'), asks('a'));
    await turn.pause();
    await world.run(10_000);
    expect(await methodsCalled(world)).toEqual([]);
  });

  it('11 says nothing where there is no answer, and frees the session', async () => {
    const { world, turn } = await aTurn('final');
    await turn.write(asks('a'), gets('a'));
    await turn.end();
    await world.run();
    expect(await methodsCalled(world)).toEqual([]);
    expect((await turn.record()).closedAt).toBeDefined();
  });
});

it.each(['plan', 'timeline', 'final'] as const)(
  'G-2 15 text that goes on in another message says so, and a new part of text does not (%s)',
  async (surface) => {
    world = await createRelayWorld({ limits: { rollBytes: 600 } });
    const turn = await world.newTurn({}, { surface, feedback: false, footer: [] });
    const sentences = Array.from({ length: 60 }, (_, n) => `Sentence ${n} of them.`);
    await turn.write(beginsText(), says(sentences.join(' ')), endsText());
    await world.run(30_000);
    if (surface !== 'final') await turn.write(asks('a'), gets('a'));
    await world.run(2_000);
    await turn.end();
    await world.run();
    const posted = (await world.slack.calls({ method: 'chat.postMessage' })).map(({ args }) =>
      textIn(args.blocks),
    );
    const streamed = (await turn.messages()).flatMap(({ stream }) => stream?.markdown ?? []);
    const texts = surface === 'final' ? posted : streamed;
    expect(texts.length).toBeGreaterThan(2);
    for (const [n, text] of texts.entries())
      expect(text.startsWith('_(continued)_\n\n')).toBe(n > 0 && text.includes('Sentence'));
    const whole = texts.map((text) => text.replace('_(continued)_', '').trim()).join(' ');
    expect(whole.replaceAll(/\s+/g, ' ')).toContain(sentences.join(' '));
  },
);

const textIn = (blocks: unknown): string =>
  (JSON.parse(String(blocks)) as { type: string; text: string }[])
    .flatMap(({ type, text }) => (type === 'markdown' ? text : []))
    .join('');
