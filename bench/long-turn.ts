import type { MessageItem } from '../core/sessions/record.ts';
import { keys } from '../core/store/keys.ts';
import type { TurnRecord } from '../core/turns/record.ts';
import { SEED } from '../local/slack/server.ts';
import type { AdminMessage } from '../test/support/slack-client.ts';
import { unitsOf } from './request-units.ts';
import { type Stand, startStand } from './stand.ts';

/**
 * Turns that are longer than one invocation: `npm run bench:long`. Lambda's own limit stays; the reserves are set so
 * high that a run hands back, or is cut, after seconds instead of minutes.
 */
const FUNCTION_MS = 900_000;
const STEPS = Number(process.env.BENCH_STEPS ?? 1_000);
const RUN_MS = 8_000;
const ANSWER_RUN_MS = 15_000;
const ANSWER_SECONDS = 40;
const WAIT_MS = 900_000;
const SHOWN_MS = 120_000;

const common = {
  model: 'demo/100000',
  'limits.stepsPerTurn': 1_200,
  'limits.compactAtPercent': 100,
};

function ask({ slack }: Stand, text: string): Promise<AdminMessage> {
  const { requester: user } = SEED.people;
  return slack.post({ user, channel: SEED.channels.team, text: `@sluice ${text}` });
}

const wrongs: string[] = [];
function expectThat(holds: boolean, what: string): void {
  if (!holds) wrongs.push(what);
}

async function invocationsOf(
  stand: Stand,
  turn: TurnRecord,
): Promise<{ invocations: number; transitions: number; told: string }> {
  const states = await stand.states(turn);
  const invocations = states.filter((state) => state === 'Run').length;
  expectThat(
    states.length <= 2 * invocations + 2,
    `${states.length} transitions for ${invocations} invocations`,
  );
  expectThat(turn.epoch === 1, `the turn was restarted ${turn.epoch - 1} times`);
  const names = [...new Set(states)].map(
    (name) => `${name} ${states.filter((state) => state === name).length}`,
  );
  return { invocations, transitions: states.length, told: names.join(', ') };
}

/** Waits for the end, and tells on the way what each part of the turn costs. */
async function watch(stand: Stand, asked: AdminMessage): Promise<{ turn: TurnRecord; parts: string[] }> {
  const parts: string[] = [];
  let from = 0;
  stand.meter.take();
  const ended = stand.ended(asked, WAIT_MS);
  let over = false;
  void ended.finally(() => {
    over = true;
  });
  while (!over) {
    await new Promise((resolve) => setTimeout(resolve, 500));
    const step = (await stand.turn(asked))?.step ?? 0;
    if (step < from + STEPS / 5) continue;
    const { write, read } = unitsOf(stand.meter.take());
    const per = (units: number) => (units / (step - from)).toFixed(1);
    parts.push(`| ${from + 1}–${step} | ${per(write)} | ${per(read)} |`);
    from = step;
  }
  return { turn: await ended, parts };
}

async function manySteps(stand: Stand): Promise<void> {
  const began = Date.now();
  const { turn, parts } = await watch(stand, await ask(stand, `use ${STEPS} tools one by one`));
  const seconds = (Date.now() - began) / 1_000;
  expectThat(turn.state === 'completed', `the turn of ${STEPS} steps ${turn.state}: ${turn.end?.reason}`);
  expectThat(turn.step === STEPS + 1, `it ended at step ${turn.step}`);
  const { invocations, transitions, told } = await invocationsOf(stand, turn);
  expectThat(invocations > 1, 'all steps fitted into one invocation');
  console.log(`\n### ${STEPS} steps in one turn\n`);
  console.log(
    `${turn.state} after ${seconds.toFixed(0)} s (${((seconds * 1_000) / STEPS).toFixed(0)} ms a step on the emulator): ${invocations} invocations, ${transitions} state transitions (at most ${2 * invocations + 2}): ${told}.\n`,
  );
  console.log('| steps | write units a step | read units a step |\n|---|---|---|');
  console.log(parts.join('\n'));
}

async function longAnswer(stand: Stand): Promise<void> {
  const asked = await ask(stand, `slow answer ${ANSWER_SECONDS}`);
  const turn = await stand.ended(asked, WAIT_MS);
  expectThat(turn.state === 'completed', `the long answer ${turn.state}: ${turn.end?.reason}`);
  const { invocations, transitions } = await invocationsOf(stand, turn);
  expectThat(invocations === 3, `the long answer took ${invocations} invocations`);
  const messages = await stand.store.query<MessageItem>({
    pk: keys.session(turn.sessionId).pk,
    prefix: 'MSG#',
  });
  const said = messages
    .filter(({ role }) => role === 'assistant')
    .map(({ body }) => textOf(JSON.parse(body ?? '{}')))
    .join('');
  const whole = /^I take my time.*This was the last sentence\.$/s.test(said);
  expectThat(whole && said.indexOf('I take my') === said.lastIndexOf('I take my'), `the answer is: ${said}`);
  const { channel, ts } = asked;
  // Streamed, or posted where the steps of the turn before have used up the minute's streams.
  const last = 'This was the last sentence.';
  await stand.slack.waitForMessage({ channel, thread_ts: ts, textIncludes: last, fromBot: true }, SHOWN_MS);
  console.log(`\n### An answer of ${ANSWER_SECONDS} s, cut every ${ANSWER_RUN_MS / 1_000} s\n`);
  console.log(
    `${turn.state}, whole: ${invocations} invocations, continued ${invocations - 1} times, ${transitions} state transitions.`,
  );
}

function textOf({ content }: { content?: unknown }): string {
  if (typeof content === 'string') return content;
  return Array.isArray(content) ? content.map((part: { text?: string }) => part.text ?? '').join('') : '';
}

async function main(): Promise<void> {
  await using stand = await startStand({
    name: 'bench-long',
    settings: { ...common, 'limits.modelReserveMs': FUNCTION_MS - RUN_MS },
    rateLimits: false,
  });
  await manySteps(stand);
  await stand.change({ ...common, 'limits.saveReserveMs': FUNCTION_MS - ANSWER_RUN_MS });
  await longAnswer(stand);
  for (const wrong of wrongs) console.error(`\nWrong: ${wrong}`);
  if (wrongs.length > 0) process.exitCode = 1;
}

await main();
