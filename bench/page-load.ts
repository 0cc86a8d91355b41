// What the simulator and its page bear: `npm run bench:page`. A minute of 20 messages a second from 20 people in
// 5 channels beside 10 streams that grow once a second, all through HTTP, with the page open on one of them; and
// the same load without the page before, as the floor. Numbers of one run on the machine it runs on.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { SEED } from '../local/slack/world/seed.ts';
import { launchBrowser } from '../test/support/browser.ts';
import { SlackSimulatorClient } from '../test/support/slack-client.ts';

const PEOPLE = 20;
const CHANNELS = 5;
const MESSAGES_PER_SECOND = 20;
const STREAMS = 10;
const FLOOR_SECONDS = 20;
const LOADED_SECONDS = 60;
/** Ticks of /proc/<pid>/stat per second, as Linux has it everywhere Node runs. */
const TICKS_PER_SECOND = 100;

type World = { slack: SlackSimulatorClient; people: string[]; channels: string[] };
type Stream = { channel: string; ts: string };

/** The simulator as a process of its own, so that its time is its own. */
async function startSimulator(): Promise<{ child: ChildProcess; url: string }> {
  const main = join(import.meta.dirname, '..', 'local', 'slack', 'main.ts');
  const child = spawn(process.execPath, [main, '--port', '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const part of child.stdout) {
    const url = /http:\/\/\S+/.exec(String(part))?.[0];
    if (url) return { child, url };
  }
  throw new Error('The simulator did not start.');
}

/** Seconds of processor time that a process took until now, user and system. */
function processorSeconds(pid: number): number {
  const fields = (readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1) ?? '').split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

async function createWorld(url: string): Promise<World> {
  const slack = new SlackSimulatorClient(url, { timeoutMs: 10_000 });
  await slack.setRateLimits({ enabled: false });
  const people: string[] = [];
  for (let at = 0; at < PEOPLE; at++) {
    const { id } = await slack.createPerson({ teamId: SEED.team, name: `person-${at + 1}` });
    people.push(id);
  }
  const channels: string[] = [];
  for (let at = 0; at < CHANNELS; at++) {
    const members = [...people, SEED.people.requester, SEED.botUser];
    const { id } = await slack.createChannel({ teamId: SEED.team, name: `busy-${at + 1}`, members });
    channels.push(id);
  }
  return { slack, people, channels };
}

const pick = <T>(list: readonly T[], at: number): T => {
  const item = list[at % list.length];
  if (item === undefined) throw new Error('An empty list.');
  return item;
};

async function openStreams({ slack, people, channels }: World): Promise<Stream[]> {
  const streams: Stream[] = [];
  for (let at = 0; at < STREAMS; at++) {
    const channel = pick(channels, at);
    const user = pick(people, at);
    const asked = await slack.post({ user, channel, text: `@sluice report number ${at + 1}` });
    const started = await slack.api('chat.startStream', SEED.botToken, {
      channel,
      thread_ts: asked.ts,
      recipient_user_id: user,
      recipient_team_id: SEED.team,
      task_display_mode: 'plan',
    });
    if (started.ok !== true) throw new Error(JSON.stringify(started));
    streams.push({ channel, ts: String(started.ts) });
  }
  return streams;
}

async function grow(slack: SlackSimulatorClient, stream: Stream, second: number): Promise<void> {
  const status = second % 2 === 0 ? 'in_progress' : 'complete';
  const answer = await slack.api('chat.appendStream', SEED.botToken, {
    channel: stream.channel,
    ts: stream.ts,
    chunks: [
      { type: 'task_update', id: `step-${second >> 1}`, title: `Step ${(second >> 1) + 1}`, status },
      { type: 'markdown_text', text: `- line **${second}** of a list that grows, with \`code\` in it\n` },
    ],
  });
  if (answer.ok !== true) throw new Error(JSON.stringify(answer));
}

/** Messages and streams for so many seconds; each second's calls are spread over it. */
async function load(world: World, streams: Stream[], seconds: number): Promise<number> {
  const began = performance.now();
  const running: Promise<unknown>[] = [];
  let posted = 0;
  for (let second = 0; second < seconds; second++) {
    for (const stream of streams) running.push(grow(world.slack, stream, second));
    for (let at = 0; at < MESSAGES_PER_SECOND; at++, posted++) {
      const text = `message ${posted} with *bold*, a <https://example.com|link> and :tada:`;
      running.push(
        world.slack.post({ user: pick(world.people, posted), channel: pick(world.channels, posted), text }),
      );
      const due = began + second * 1000 + ((at + 1) * 1000) / MESSAGES_PER_SECOND;
      await sleep(Math.max(0, due - performance.now()));
    }
  }
  await Promise.all(running);
  return (performance.now() - began) / 1000;
}

/** Closes what streams, so that both loads begin alike. */
async function closeStreams(slack: SlackSimulatorClient, streams: Stream[]): Promise<void> {
  for (const stream of streams) await slack.api('chat.stopStream', SEED.botToken, { ...stream });
}

const OBSERVE = `
  window.longTasks = [];
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) window.longTasks.push(entry.duration);
  }).observe({ type: 'longtask', buffered: true });
`;

async function longTasks(page: Page): Promise<number[]> {
  return (await page.evaluate('window.longTasks')) as number[];
}

const percent = (value: number): string => `${(100 * value).toFixed(0)} %`;

const { child, url } = await startSimulator();
const pid = child.pid ?? 0;
const browser = await launchBrowser();
try {
  const world = await createWorld(url);
  let streams = await openStreams(world);
  let before = processorSeconds(pid);
  const floorSeconds = await load(world, streams, FLOOR_SECONDS);
  const floor = (processorSeconds(pid) - before) / floorSeconds;
  await closeStreams(world.slack, streams);
  await world.slack.reset();
  await world.slack.setRateLimits({ enabled: false });

  streams = await openStreams(world);
  const shown = pick(streams, 0);
  const thread = (await world.slack.message(shown.channel, shown.ts))?.threadTs ?? '';
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  const errors: string[] = [];
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  page.on('pageerror', (error) => errors.push(error.message));
  // As the one for whom it streams: nobody else sees it grow.
  await page.goto(`${url}/#${pick(world.people, 0)}/${shown.channel}/${thread}`);
  await page.getByRole('complementary', { name: 'Thread' }).waitFor();
  await page.evaluate(OBSERVE);
  before = processorSeconds(pid);
  const loadedSeconds = await load(world, streams, LOADED_SECONDS);
  const loaded = (processorSeconds(pid) - before) / loadedSeconds;
  const tasks = await longTasks(page);
  const last = `line ${LOADED_SECONDS - 1} of a list`;
  await page.getByRole('complementary', { name: 'Thread' }).getByText(last).first().waitFor();

  console.log(
    `${MESSAGES_PER_SECOND} messages/s, ${STREAMS} streams, ${loadedSeconds.toFixed(1)} s, ${availableParallelism()} cores`,
  );
  console.log(
    `longest task in the page: ${tasks.length === 0 ? 'none of 50 ms or more' : `${Math.max(...tasks).toFixed(0)} ms`} (asked: under 200 ms)`,
  );
  console.log(`tasks of 50 ms or more: ${tasks.length}`);
  console.log(
    `simulator: ${percent(loaded)} of a core (asked: under 50 %); without the page ${percent(floor)}: ${(loaded / floor).toFixed(2)} times the floor`,
  );
  console.log(`console errors: ${errors.length}${errors.length === 0 ? '' : `: ${errors[0]}`}`);
} finally {
  await browser.close();
  child.kill('SIGTERM');
  await once(child, 'exit');
}
