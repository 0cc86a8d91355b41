import { randomUUID } from 'node:crypto';
import type { MessageItem, SessionRecord } from '../core/sessions/record.ts';
import { keys } from '../core/store/keys.ts';
import { SEED } from '../local/slack/server.ts';
import type { AdminMessage } from '../test/support/slack-client.ts';
import type { AwsRequest } from './aws-meter.ts';
import { unitsOf } from './request-units.ts';
import { type Stand, startStand } from './stand.ts';

/**
 * What a step costs as a conversation grows: `npm run bench:growth`. One session for each length; its history is
 * written into the table in the product's own form, and one turn is taken before anything is measured, since a turn's
 * end may prepare the next one's beginning. Then a turn of few steps and one of many are metered: what their
 * difference costs is a step, and the rest is the turn. What only the relay asks for is left out: it follows
 * the clock, not the steps. Bodies in the bucket are told of apart: a turn reads its history from one of them, whole,
 * and now and then writes the next one, which is one request however long the history is.
 */
const LENGTHS = [10, 100, 1_000, 2_000];
const FEW = 5;
const MANY = 25;
const TIMES = 3;
/** How far from the shortest history's figures the others may be. */
const TOLERANCE = 0.1;
const TURN_MS = 120_000;
const QUIET_MS = 3_000;

interface Cost {
  write: number;
  read: number;
  bytes: number;
  requests: number;
}

/** Whether a request is the run's own: not the relay's records, its reading of the log, or its budget. */
function isOfRun({ operation, body }: AwsRequest): boolean {
  if (!operation.startsWith('DynamoDB.')) return false;
  const text = JSON.stringify(
    body.Key ?? body.Item ?? body.ExpressionAttributeValues ?? body.TransactItems ?? '',
  );
  if (operation === 'DynamoDB.Query') return !/"CHUNK#|"SLACKMSG#|"CHECK#/.test(text);
  if (operation === 'DynamoDB.GetItem') return !/"SLACK"|"BUDGET#|"WS#|"META"/.test(text);
  if (operation === 'DynamoDB.UpdateItem') return !/"SLACK"|"BUDGET#/.test(text);
  return !/"SLACKMSG#|"BUDGET#/.test(text);
}

function costOf(all: readonly AwsRequest[]): Cost {
  const requests = all.filter(isOfRun);
  const bytes = requests.reduce((sum, { sentBytes, receivedBytes }) => sum + sentBytes + receivedBytes, 0);
  return { ...unitsOf(requests), bytes, requests: requests.length };
}

interface Bodies {
  requests: number;
  bytes: number;
}

function bodiesOf(all: readonly AwsRequest[]): Bodies {
  const requests = all.filter(({ operation }) => operation.startsWith('S3.'));
  const bytes = requests.reduce((sum, { sentBytes, receivedBytes }) => sum + sentBytes + receivedBytes, 0);
  return { requests: requests.length, bytes };
}

async function ask(stand: Stand, text: string, root?: AdminMessage): Promise<AdminMessage> {
  const { requester: user } = SEED.people;
  const thread = root ? { thread_ts: root.ts } : {};
  return stand.slack.post({ user, channel: SEED.channels.team, ...thread, text: `@sluice ${text}` });
}

/** A turn from its post to silence; what its functions asked for meanwhile. */
async function metered(
  stand: Stand,
  root: AdminMessage,
  steps: number,
): Promise<{ cost: Cost; bodies: Bodies }> {
  await quiet(stand);
  const turn = await stand.ended(await ask(stand, `use ${steps} tools one by one`, root), TURN_MS);
  if (turn.state !== 'completed' || turn.step !== steps + 1)
    throw new Error(`The turn is ${turn.state} after ${turn.step} steps: ${turn.end?.reason}`);
  const requests = stand.meter.take();
  return { cost: costOf(requests), bodies: bodiesOf(requests) };
}

/** The mean of a few turns: how chunks fall into batches is a matter of milliseconds. */
async function several(
  stand: Stand,
  root: AdminMessage,
  steps: number,
): Promise<{ cost: Cost; bodies: Bodies }> {
  const turns: Awaited<ReturnType<typeof metered>>[] = [];
  for (let n = 0; n < TIMES; n++) turns.push(await metered(stand, root, steps));
  const mean = (of: (turn: (typeof turns)[number]) => number) =>
    turns.reduce((sum, turn) => sum + of(turn), 0) / turns.length;
  return {
    cost: {
      write: mean(({ cost }) => cost.write),
      read: mean(({ cost }) => cost.read),
      bytes: mean(({ cost }) => cost.bytes),
      requests: mean(({ cost }) => cost.requests),
    },
    bodies: { requests: mean(({ bodies }) => bodies.requests), bytes: mean(({ bodies }) => bodies.bytes) },
  };
}

/** Until nothing of a run has passed for a while; what passed before is forgotten. */
async function quiet({ meter }: Stand): Promise<void> {
  do await new Promise((resolve) => setTimeout(resolve, QUIET_MS));
  while (meter.take().some(isOfRun));
}

/** Fills a session up to a length with questions and answers as a former turn would have left them. */
async function fill(stand: Stand, sessionId: string, length: number): Promise<void> {
  const key = keys.session(sessionId);
  const session = await stand.store.get<SessionRecord>(key);
  if (!session) throw new Error('The session is not there.');
  const { requester: userId } = SEED.people;
  const turnId = `t${randomUUID().replaceAll('-', '')}`;
  for (let seq = session.nextSeq; seq <= length; seq += 50) {
    const items = Array.from({ length: Math.min(50, length - seq + 1) }, (_, n): MessageItem => {
      const at = Date.now();
      const base = { v: 1, sessionId, seq: seq + n, turnId, at } as const;
      const text = `Line ${seq + n}: what was said before, in a sentence of usual length, so that it has a weight.`;
      return (seq + n) % 2 === 0
        ? { ...base, role: 'assistant', body: JSON.stringify({ role: 'assistant', content: text }) }
        : {
            ...base,
            role: 'user',
            post: {
              text,
              author: { userId, teamId: SEED.team },
              messageTs: `1600000000.${seq + n}`,
              files: [],
            },
          };
    });
    await stand.store.transact(
      items.map((item) => ({ put: { ...keys.message(sessionId, item.seq), ...item } })),
    );
  }
  const nextSeq = Math.max(session.nextSeq, length + 1);
  await stand.store.update({
    key,
    set: { nextSeq },
    add: { version: 1 },
    condition: { expression: '#state = :idle', values: { ':idle': 'idle' } },
  });
}

const fields = ['write', 'read', 'bytes', 'requests'] as const;

interface Measured {
  length: number;
  step: Cost;
  turn: Cost;
  /** Of a turn, in the mean. */
  bodies: Bodies;
}

async function measure(stand: Stand, length: number): Promise<Measured> {
  const root = await ask(stand, 'say Let us begin.');
  const { sessionId } = await stand.ended(root, TURN_MS);
  await fill(stand, sessionId, length - 4);
  await stand.ended(await ask(stand, 'say Let us go on.', root), TURN_MS);
  const few = await several(stand, root, FEW);
  const many = await several(stand, root, MANY);
  const cost = (of: (field: (typeof fields)[number]) => number): Cost => ({
    write: of('write'),
    read: of('read'),
    bytes: of('bytes'),
    requests: of('requests'),
  });
  const step = cost((field) => (many.cost[field] - few.cost[field]) / (MANY - FEW));
  const bodies = {
    requests: (few.bodies.requests + many.bodies.requests) / 2,
    bytes: (few.bodies.bytes + many.bodies.bytes) / 2,
  };
  return { length, step, bodies, turn: cost((field) => few.cost[field] - FEW * step[field]) };
}

function table(title: string, measured: readonly Measured[], which: 'step' | 'turn'): void {
  console.log(
    `\n### ${title}\n\n| message | write units | read units | bytes | requests |\n|---|---|---|---|---|`,
  );
  for (const { length, [which]: cost } of measured)
    console.log(
      `| ${length} | ${cost.write.toFixed(1)} | ${cost.read.toFixed(1)} | ${Math.round(cost.bytes)} | ${cost.requests.toFixed(1)} |`,
    );
}

/** Figures that grow with the history, as sentences. */
function growing(
  measured: readonly Measured[],
  which: 'step' | 'turn',
  of: readonly (typeof fields)[number][],
) {
  const [base, ...others] = measured;
  return others.flatMap(({ length, [which]: cost }) =>
    of.flatMap((field) => {
      const [before, now] = [base?.[which][field] ?? 0, cost[field]];
      // Less than one unit is a matter of rounding, not of growth.
      const grown = now - before > Math.max(before * TOLERANCE, field === 'bytes' ? 512 : 1);
      return grown
        ? [`per ${which}, ${field} at message ${length}: ${now.toFixed(1)} for ${before.toFixed(1)}`]
        : [];
    }),
  );
}

async function main(): Promise<void> {
  await using stand = await startStand({
    name: 'bench-growth',
    settings: { model: 'demo/100000' },
    rateLimits: false,
  });
  const measured: Measured[] = [];
  for (const length of LENGTHS) measured.push(await measure(stand, length));
  table('One step more', measured, 'step');
  table('A turn beside its steps', measured, 'turn');
  console.log(
    '\n### Bodies in the bucket, a turn in the mean\n\n| message | requests | bytes |\n|---|---|---|',
  );
  for (const { length, bodies } of measured)
    console.log(`| ${length} | ${bodies.requests.toFixed(1)} | ${Math.round(bodies.bytes)} |`);
  // A turn's writes are what is left when its steps are taken away: no figure that is exact to a tenth.
  const grown = [...growing(measured, 'step', fields), ...growing(measured, 'turn', ['read'])];
  for (const sentence of grown) console.error(`\nGrows: ${sentence}`);
  if (grown.length > 0) process.exitCode = 1;
}

await main();
