import { afterEach, expect, it } from 'vitest';
import { SEED } from '../../local/slack/server.ts';
import { expectScene } from '../../test/support/expect-relay-scene.ts';
import { playRelayScene } from '../../test/support/play-relay-scene.ts';
import { beginsText, endsText, part, says } from '../../test/support/relay-log.ts';
import type { RelayScene, SceneEvent, TurnScene } from '../../test/support/relay-scene.ts';
import {
  Crash,
  createRelayWorld,
  type RelayWorld,
  type RelayWorldOptions,
} from '../../test/support/relay-world.ts';
import { keys } from '../store/keys.ts';
import { takeBudget } from './budget/budget.ts';

let opened: RelayWorld | undefined;

afterEach(async () => {
  await opened?.close();
  opened = undefined;
});

async function aWorld(options?: RelayWorldOptions): Promise<RelayWorld> {
  opened = await createRelayWorld(options);
  return opened;
}

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
  [
    'an end in doubt is not taken for shown because a relay that was held up notes a stream that was given up',
    aScene([aTurn([], { display: { surface: 'plan' }, attachments: ['file', 'file', 'chart', 'file'] })], {
      mishaps: ['hangs', 'hangs', 'none', 'refused'],
      dies: [11],
      deeds: [
        { at: 4_000, deed: 'archives' },
        { at: 4_000, deed: 'removes the app' },
      ],
    }),
  ],
  [
    'a part of an answer in doubt is not taken for the part before that reads alike',
    aScene(
      [
        aTurn([text(32, 'people')], {
          display: { surface: 'final', footer: [], feedback: false, mentions: 'none', links: 'all' },
        }),
      ],
      { mishaps: ['none', 'none', 'refused'], dies: [8] },
    ),
  ],
];

it.each(found)('%s', async (_, scene) => {
  expectScene(scene, await playRelayScene(scene));
});

it('a final answer that is known at the first look is posted as plain text where Slack refuses its blocks', async () => {
  const world = await aWorld();
  const turn = await world.newTurn({}, { surface: 'final' });
  await turn.write(...part('The whole answer.'));
  await turn.end();
  const refusal = { effect: 'error', error: 'invalid_blocks', times: 1 } as const;
  await world.slack.fault({ method: 'chat.postMessage', ...refusal });
  await world.run();
  expect(await turn.text()).toContain('The whole answer.');
  const posts = await world.slack.calls({ method: 'chat.postMessage' });
  expect(posts.map(({ args }) => args.blocks !== undefined)).toEqual([true, false]);
});

it('a stream that perhaps was never opened is not taken for the one that the next turn has open', async () => {
  const world = await aWorld();
  const former = await world.newTurn({}, { feedback: false });
  let dead = false;
  world.onCall(async (method, send) => {
    if (method !== 'chat.startStream' || dead) return send();
    dead = true;
    throw new Crash();
  });
  // Slack cannot be asked until the next turn has waited long enough.
  await world.slack.fault({ method: 'conversations.replies', effect: 'http_error', times: 5 });
  await former.write(...part('All of the former answer.'));
  world.after(2_000, async () => {
    await former.end();
    const asked = { user: SEED.people.requester, channel: former.channel, thread_ts: former.threadTs };
    const { ts } = await world.slack.post({ ...asked, text: 'And this' });
    const behind = { threadTs: former.threadTs, messageTs: ts, previousTurnId: former.turnId };
    const next = await world.newTurn(behind, { feedback: false });
    await next.write(...part('The next answer begins.'));
    world.after(90_000, () => next.end());
  });
  await world.run();
  const shown = (await former.messages()).map(({ stream, visibleText }) => stream?.markdown ?? visibleText);
  expect(shown.filter((text) => text.includes('All of the former answer.'))).toHaveLength(1);
  expect(shown.filter((text) => text.includes('The next answer begins.'))).toHaveLength(1);
});

it.each([
  ['is stopped where the budget has room', 10, 1],
  ['is left to Slack where it has none', 0, 0],
])(
  'a stream in doubt that nobody may look at %s, and the answer comes whole',
  async (_, perMinute, stops) => {
    const world = await aWorld({ tiers: { 'chat.stopStream': 10 } });
    const turn = await world.newTurn({}, { feedback: false });
    const { appId, installationId, channel } = await turn.record();
    for (let taken = perMinute; taken < 10; taken++)
      await takeBudget(
        world.deps,
        { appId, installationId },
        {
          ...{ method: 'chat.stopStream', priority: 'end', channel, maxWaitMs: 0 },
        },
      );
    let appends = 0;
    world.onCall(async (method, send) => {
      const answer = await send();
      if (method === 'chat.appendStream' && ++appends === 1) throw new Crash();
      return answer;
    });
    await world.slack.fault({ method: 'conversations.replies', effect: 'error', error: 'missing_scope' });
    world.after(1_200, () => turn.write(beginsText(), says('Good ')));
    world.after(4_000, () => turn.write(says('morning, all of you.')));
    world.after(40_000, () => turn.write(endsText()));
    world.after(41_000, () => turn.end());
    await world.run();
    expect((await world.slack.calls({ method: 'chat.stopStream' })).length).toBe(stops);
    const [, whole] = await turn.messages();
    expect(whole?.visibleText).toContain('Good morning, all of you.');
  },
);

it.each([
  ['a stream that somebody deleted is shown again', true],
  ['a stream that Slack ended stands, and nothing of it is shown again', false],
])('S-4 %s, where Slack says of both that they take no more', async (_, deleted) => {
  const world = await aWorld();
  const turn = await world.newTurn({}, { feedback: false });
  await turn.write(beginsText(), says('Good morning, all of you.'));
  world.after(10_000, async () => {
    const { message } = (await turn.record()).view;
    if (deleted)
      await world.slack.api('chat.delete', SEED.botToken, { channel: turn.channel, ts: message?.ts ?? '' });
    const error = 'message_not_in_streaming_state';
    await world.slack.fault({ method: 'chat.stopStream', effect: 'error', error, times: 1 });
    await turn.write(endsText());
    await turn.end();
  });
  await world.run();
  const shown = (await turn.messages()).map(({ stream, visibleText }) => stream?.markdown ?? visibleText);
  expect(shown.filter((text) => text.includes('Good morning, all of you.'))).toHaveLength(1);
  expect(shown.at(-1)).toContain(`<@${SEED.people.requester}>`);
});

it('S-6 no stream is opened in place of one that a person stopped, whichever word Slack has for it', async () => {
  const world = await aWorld();
  const turn = await world.newTurn({}, { feedback: false });
  await turn.write(beginsText(), says('Good morning.'));
  world.after(10_000, async () => {
    const stopRequest = { by: SEED.people.requester, at: world.now() };
    await world.store.update({ key: keys.turn(turn.turnId), set: { stopRequest } });
    const error = 'message_not_in_streaming_state';
    for (const method of ['chat.appendStream', 'chat.stopStream'])
      await world.slack.fault({ method, effect: 'error', error });
    await turn.write(says(' And more.'), endsText());
  });
  world.after(20_000, () => turn.end('stopped', 'Stopped.'));
  await world.run();
  expect(await world.slack.calls({ method: 'chat.startStream' })).toHaveLength(1);
  const shown = (await turn.messages()).map(({ stream, visibleText }) => stream?.markdown ?? visibleText);
  expect(shown.join('|')).toMatch(/^Good morning\.\|.*And more\..*Stopped\./s);
});
