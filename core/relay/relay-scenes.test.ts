import { expect, it } from 'vitest';
import { expectScene } from '../../test/support/expect-relay-scene.ts';
import { playRelayScene } from '../../test/support/play-relay-scene.ts';
import { part } from '../../test/support/relay-log.ts';
import type { RelayScene, SceneEvent, TurnScene } from '../../test/support/relay-scene.ts';
import { createRelayWorld } from '../../test/support/relay-world.ts';

const text = (words: number, style = 'words', deltas = 1): SceneEvent => ({
  what: 'text',
  wait: 50,
  words,
  style,
  deltas,
});
const tool: SceneEvent = { what: 'tool', wait: 50, lasts: 0, fails: false };

const aTurn = (events: SceneEvent[], over: Partial<TurnScene> = {}): TurnScene => ({
  events,
  end: 'completed',
  follows: false,
  display: { surface: 'timeline', footer: [], feedback: false, links: 'none' },
  attachments: [],
  ...over,
});

const aScene = (turns: TurnScene[], over: Partial<RelayScene> = {}): RelayScene => ({
  turns,
  mishaps: [],
  dies: [],
  rollBytes: 300,
  tiers: {},
  readable: true,
  lifetime: 300_000,
  deeds: [],
  ...over,
});

/** What the property tests found once, shrunk. */
const found: [string, RelayScene][] = [
  [
    'a step that is not shown leaves a part of an answer empty, and none is posted that says nothing but “Done”',
    aScene(
      [
        aTurn([
          text(49, 'people', 2),
          text(7, 'emoji'),
          text(55, 'links'),
          text(28, 'marks'),
          text(1, 'words', 2),
          tool,
          text(38),
        ]),
      ],
      { mishaps: ['none', 'down'] },
    ),
  ],
  [
    'a final answer that is known at the first look goes to the person where the channel was archived before',
    aScene([aTurn([text(5)], { display: { surface: 'final', feedback: false } })], {
      dies: [0],
      deeds: [{ at: 100, deed: 'archives' }],
    }),
  ],
];

it.each(found)('%s', async (_, scene) => {
  expectScene(scene, await playRelayScene(scene));
});

it('a final answer that is known at the first look is posted as plain text where Slack refuses its blocks', async () => {
  const world = await createRelayWorld();
  try {
    const turn = await world.newTurn({}, { surface: 'final' });
    await turn.write(...part('The whole answer.'));
    await turn.end();
    const refusal = { effect: 'error', error: 'invalid_blocks', times: 1 } as const;
    await world.slack.fault({ method: 'chat.postMessage', ...refusal });
    await world.run();
    expect(await turn.text()).toContain('The whole answer.');
    const posts = await world.slack.calls({ method: 'chat.postMessage' });
    expect(posts.map(({ args }) => args.blocks !== undefined)).toEqual([true, false]);
  } finally {
    await world.close();
  }
});
