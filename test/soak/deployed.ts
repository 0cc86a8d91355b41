import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { turnIdOf } from '../../core/ids.ts';
import { keys } from '../../core/store/keys.ts';
import type { Store } from '../../core/store/store.ts';
import type { TurnRecord } from '../../core/turns/record.ts';
import { hasEnded } from '../../core/turns/transitions.ts';
import { SEED } from '../../local/slack/server.ts';
import type { LocalStack } from '../../local/stack-file.ts';
import { killFunction } from '../support/kill-function.ts';
import type { AdminMessage, SlackSimulatorClient } from '../support/slack-client.ts';
import { type AskedTurn, checkSession, checkTurn, countOf } from './check-session.ts';
import type { Ledger } from './ledger.ts';
import { type Random, randomFrom } from './random.ts';

/** What somebody asks for in a soak. */
export interface SoakRequest {
  text: string;
  /** What stands in the answer once and nowhere else. */
  answer: string | RegExp;
}

export interface DeployedSoak {
  seed: number;
  turns: number;
  /** Threads that go on beside each other. */
  together: number;
  /** At most so many turns in one thread. */
  perThread: number;
  stack: LocalStack;
  /** The address by which the functions know AWS, which tells their processes from another stack's. @default the stack's */
  functionsAws?: string;
  slack: SlackSimulatorClient;
  store: Store;
  ledger: Ledger;
  /** Makes up a turn. */
  request: (random: Random, id: string) => SoakRequest;
  /** Share of the turns that somebody stops. */
  stops: number;
  /** Between two deaths of run-turn, milliseconds, at least and at most. */
  killEvery: readonly [number, number];
  /** And so often at most. */
  mostKills: number;
  /** Told of each fault that was injected. */
  count: (fault: string) => void;
  /** How long a thread may take to come to rest. */
  patienceMs: number;
}

export interface SoakReport {
  /** How each turn ended. */
  ends: string[];
  violations: string[];
  /** Answers that were shown whole and undone by a crash, so that they stand in the thread twice, marked. */
  repeated: number;
}

const CHANNEL = SEED.channels.team;
const USER = SEED.people.requester;
const SWEEP_MS = 5_000;

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/**
 * Turns on the deployed stack, in threads beside each other, while run-turn is killed at random moments and people
 * stop, approve and deny: then everything that was stored and everything that Slack shows is looked at.
 */
export async function playDeployed(soak: DeployedSoak): Promise<SoakReport> {
  const report: SoakReport = { ends: [], violations: [], repeated: 0 };
  const over = new AbortController();
  const beside = [killing(soak, over.signal), sweeping(soak, over.signal)];
  const threads = threadsOf(soak);
  await Promise.all(
    Array.from({ length: soak.together }, async () => {
      for (let thread = threads.shift(); thread; thread = threads.shift()) {
        const played = await playThread(soak, thread).catch((error: unknown) => ({
          ends: [],
          violations: [`thread ${thread?.join()}: ${String(error)}`],
          repeated: 0,
        }));
        report.ends.push(...played.ends);
        report.violations.push(...played.violations);
        report.repeated += played.repeated;
      }
    }),
  );
  over.abort();
  await Promise.all(beside);
  return report;
}

/** The turns' ids, parted into threads. */
function threadsOf({ seed, turns, perThread }: DeployedSoak): string[][] {
  const random = randomFrom(seed, 'threads');
  const threads: string[][] = [];
  for (let left = turns; left > 0; ) {
    const length = Math.min(left, random.between(1, perThread));
    threads.push(Array.from({ length }, (_, n) => `${threads.length}x${n}`));
    left -= length;
  }
  return threads;
}

async function playThread(soak: DeployedSoak, ids: readonly string[]): Promise<SoakReport> {
  const { seed, slack, store, stops, count } = soak;
  const random = randomFrom(seed, 'thread', ids.join());
  const asked: AskedTurn[] = [];
  const deadline = Date.now() + soak.patienceMs;
  let root: AdminMessage | undefined;
  const stopping: Promise<unknown>[] = [];
  for (const id of ids) {
    const { text, answer } = soak.request(randomFrom(seed, 'plan', id), id);
    const place = { user: USER, channel: CHANNEL, ...(root ? { thread_ts: root.ts } : {}) };
    const post = await slack.post({ ...place, text: `@sluice ${text}` });
    root ??= post;
    asked.push({ id, answer, turnId: turnIdOf(addressOf(post)) });
    if (random.chance(stops)) stopping.push(stopLater(soak, root.ts, random.between(500, 4_000)));
    await sleep(random.between(0, 3_000));
  }
  const threadTs = root?.ts ?? '';
  for (;;) {
    const turns = await Promise.all(asked.map(({ turnId }) => store.get<TurnRecord>(keys.turn(turnId))));
    if (turns.every((turn) => turn && hasEnded(turn)) || Date.now() > deadline) break;
    await decideAll(slack, threadTs, random, count);
    await sleep(250);
  }
  await Promise.all(stopping);
  return check(soak, asked, threadTs, deadline);
}

function addressOf({ channel, ts }: AdminMessage) {
  return { appId: SEED.app, installationId: SEED.team, channel, messageTs: ts };
}

async function stopLater({ slack, count }: DeployedSoak, threadTs: string, ms: number): Promise<void> {
  await sleep(ms);
  // There is a button only while something is streamed.
  const { stopped } = await slack
    .stop({ user: USER, channel: CHANNEL, thread_ts: threadTs })
    .catch(() => ({ stopped: [] }));
  if (stopped.length > 0) count('stop');
}

/**
 * Presses a button of every row that asks, until none does: a row that was decided is pressed again before Slack
 * shows it decided.
 */
async function decideAll(
  slack: SlackSimulatorClient,
  threadTs: string,
  random: Random,
  count: (fault: string) => void,
): Promise<void> {
  for (const { ts, blocks } of await slack.thread(CHANNEL, threadTs))
    for (const block_id of askingRows(blocks)) {
      const action_id = random.chance(0.75) ? 'sluice_approve' : 'sluice_deny';
      // A card that a stop closed meanwhile has no buttons any more.
      const click = await slack
        .click({ user: USER, channel: CHANNEL, ts, action_id, block_id })
        .catch(() => undefined);
      if (click) count(action_id === 'sluice_approve' ? 'approved' : 'denied');
    }
}

/** The blocks with the buttons of a row each. */
function askingRows(blocks: AdminMessage['blocks']): string[] {
  return blocks.flatMap(({ type, block_id, elements }) => {
    const asks =
      type === 'actions' && JSON.stringify(elements ?? []).includes('"action_id":"sluice_approve"');
    return asks && typeof block_id === 'string' ? [block_id] : [];
  });
}

async function check(
  { store, ledger, slack, seed }: DeployedSoak,
  asked: readonly AskedTurn[],
  threadTs: string,
  deadline: number,
): Promise<SoakReport> {
  const checked = await Promise.all(asked.map((turn) => checkTurn(store, ledger, turn)));
  const violations = checked.flatMap((turn) => turn.violations);
  const ended = asked.map((turn, n) => ({ ...turn, end: checked[n]?.end ?? 'none' }));
  const first = await store.get<TurnRecord>(keys.turn(asked[0]?.turnId ?? ''));
  if (first) violations.push(...(await checkSession(store, first.sessionId, ended)));
  // Slack is a view that may come later than the end, not otherwise.
  let wrongs: string[] = [];
  do {
    const shown = (await slack.thread(CHANNEL, threadTs)).filter((message) => message.botId);
    const text = shown.map((message) => message.stream?.markdown ?? wordsIn(message.blocks)).join('\n');
    wrongs = asked.flatMap(({ id, turnId, answer }, n) => {
      const times = countOf(text, answer);
      const meant = checked[n]?.shown ?? 0;
      return times === meant
        ? []
        : [
            `turn ${id} (${turnId}): its answer stands in the thread ${times} times, in its log ${meant} times; the thread shows ${JSON.stringify(text)}`,
          ];
    });
    if (shown.some(({ streamingState }) => streamingState === 'in_progress'))
      wrongs.push(`thread ${threadTs}: a message is still being streamed`);
    if (wrongs.length > 0) await sleep(500);
  } while (wrongs.length > 0 && Date.now() < deadline);
  return {
    ends: checked.map(({ end }) => end),
    violations: [...violations, ...wrongs].map((wrong) => `seed ${seed}: ${wrong}`),
    repeated: checked.filter(({ shown }) => shown > 1).length,
  };
}

/** The words of a message that was not streamed: in its blocks; its text is only what notifications show. */
function wordsIn(node: unknown): string {
  if (Array.isArray(node)) return node.map(wordsIn).join('');
  if (typeof node !== 'object' || node === null) return '';
  if ('text' in node && typeof node.text === 'string') return node.text;
  return Object.values(node).map(wordsIn).join('');
}

/** Ends run-turn again and again, whatever it is doing. */
async function killing(soak: DeployedSoak, over: AbortSignal): Promise<void> {
  const { stack, count, mostKills } = soak;
  const [least, most] = soak.killEvery;
  const random = randomFrom(soak.seed, 'kills');
  let kills = 0;
  while (!over.aborted && kills < mostKills) {
    await until(random.between(least, most), over);
    if (over.aborted) return;
    const killed = await killFunction(
      { ...stack, awsEndpoint: soak.functionsAws ?? stack.awsEndpoint },
      'run-turn',
    );
    if (killed > 0) kills++;
    for (let n = 0; n < killed; n++) count('run-turn killed');
  }
}

/** The sweep comes every minute; a soak has less patience. */
async function sweeping({ stack }: DeployedSoak, over: AbortSignal): Promise<void> {
  const lambda = new LambdaClient({
    endpoint: stack.awsEndpoint,
    region: stack.region,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  while (!over.aborted) {
    await until(SWEEP_MS, over);
    await lambda.send(new InvokeCommand({ FunctionName: stack.functions.sweep }));
  }
}

function until(ms: number, over: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    over.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
