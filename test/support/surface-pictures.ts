import { SEED } from '../../local/slack/world/seed.ts';
import { surfaceChannels } from '../../local/surface-channels.ts';
import type { Camera } from './camera.ts';

const { team } = SEED.channels;
const { requester, reviewer } = SEED.people;
/** An answer in several messages takes a minute, and the stream's first sign its time before it. */
const LONG_MS = 180_000;

const channelOf = (surface: string): string =>
  surfaceChannels.find(({ shown }) => shown.surface === surface)?.id ?? team;

/** How turns are shown: each surface, an answer in several messages, and a failure. */
export async function takeSurfacePictures(camera: Camera): Promise<void> {
  await plan(camera);
  await timeline(camera);
  await final(camera);
  await failure(camera);
  await rollOver(camera);
}

async function ask({ slack }: Camera, channel: string, words: string): Promise<string> {
  return (await slack.post({ user: requester, channel, text: `@sluice ${words}` })).ts;
}

/** The turn is over: its session does nothing more. */
async function ended({ slack }: Camera, channel: string, ts: string): Promise<void> {
  await slack.waitForSession({ channel, thread_ts: ts, status: 'active' }, LONG_MS);
}

/** Steps in their box, and the answer as it is written. */
async function plan(camera: Camera): Promise<void> {
  const { slack, openThread, openSteps, shoot } = camera;
  const ts = await ask(camera, team, 'use 4 tools and give me a long answer');
  const writing = { channel: team, thread_ts: ts, streaming_state: 'in_progress' } as const;
  await slack.waitForMessage({ ...writing, textIncludes: 'Section 1' });
  await openThread(requester, team, ts);
  await openSteps();
  await slack.waitForMessage({ ...writing, textIncludes: 'Section 2' });
  await shoot('streaming');
  await ended(camera, team, ts);
}

async function timeline(camera: Camera): Promise<void> {
  const channel = channelOf('timeline');
  const ts = await ask(camera, channel, 'work in 3 bursts');
  await ended(camera, channel, ts);
  await camera.openThread(requester, channel, ts);
  await camera.shoot('timeline');
}

/** As everybody sees it while the agent works, and at its end. */
async function final(camera: Camera): Promise<void> {
  const { slack, openThread, shoot } = camera;
  const channel = channelOf('final');
  const ts = await ask(camera, channel, 'use 3 tools and be silent for 20 seconds');
  await slack.waitForMessage({ channel, thread_ts: ts, fromBot: true });
  await openThread(reviewer, channel, ts);
  await shoot('final-working');
  await ended(camera, channel, ts);
  await openThread(reviewer, channel, ts);
  await shoot('final');
}

/** The place where a code block goes on in the next message. */
async function rollOver(camera: Camera): Promise<void> {
  const ts = await ask(camera, team, 'answer in several messages');
  const written = { channel: team, thread_ts: ts, textIncludes: 'That was all of it.' };
  await camera.slack.waitForMessage(written, LONG_MS);
  await ended(camera, team, ts);
  await camera.openThread(requester, team, ts);
  const second = (await camera.slack.thread(team, ts)).filter(({ user }) => user === SEED.botUser)[1];
  if (!second) throw new Error('The answer stands in one message: is limits.rollBytes changed?');
  await camera.scrollTo(second.ts);
  await camera.shoot('roll-over');
}

async function failure(camera: Camera): Promise<void> {
  const ts = await ask(camera, team, 'use a missing tool, then break off for good');
  await ended(camera, team, ts);
  await camera.openThread(requester, team, ts);
  await camera.openSteps();
  await camera.shoot('failure');
}
