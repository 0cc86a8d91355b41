import { SEED } from '../local/slack/server.ts';
import type { AdminMessage, SlackSimulatorClient } from '../test/support/slack-client.ts';
import type { AwsMeter } from './aws-meter.ts';
import { prices } from './prices.ts';
import { unitsOf } from './request-units.ts';
import { startStand } from './stand.ts';

/**
 * What a turn asks of AWS and Slack: `node bench/turn-cost.ts`. The stack runs with its default limits; every
 * request of its functions passes a meter. Prints one table per kind of turn, in Markdown.
 */
interface Scene {
  name: string;
  text: string;
  done: string;
  approve: boolean;
}

const scenes: Scene[] = [
  { name: 'plain answer', text: 'say The quick answer is forty-two.', done: 'forty-two', approve: false },
  { name: 'five tools in a burst', text: 'use 5 tools', done: 'I used 5 tools', approve: false },
  { name: 'one approval', text: 'announce the figures in #announcements', done: 'Posted in', approve: true },
];

async function play(slack: SlackSimulatorClient, scene: Scene): Promise<AdminMessage> {
  const channel = SEED.channels.team;
  const user = SEED.people.requester;
  const asked = await slack.post({ user, channel, text: `@sluice ${scene.text}` });
  if (scene.approve) {
    const card = await slack.waitForMessage(
      { channel, thread_ts: asked.ts, hasActionId: 'sluice_approve' },
      60_000,
    );
    await slack.click({ user, channel, ts: card.ts, action_id: 'sluice_approve' });
    await slack.waitForMessage({ channel, ts: card.ts, noActions: true }, 60_000);
  }
  await slack.waitForMessage(
    { channel, thread_ts: asked.ts, textIncludes: scene.done, streaming_state: 'completed', fromBot: true },
    60_000,
  );
  return asked;
}

function count(values: readonly string[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1));
}

function report(
  scene: Scene,
  states: string[],
  requests: ReturnType<AwsMeter['take']>,
  calls: string[],
  deliveries: number,
) {
  const { write, read } = unitsOf(requests);
  // A message is sent, received and deleted.
  const queue = 3 * requests.filter(({ operation }) => operation === 'SQS.SendMessage').length;
  const cost =
    states.length * prices.stateTransition +
    write * prices.writeUnit +
    read * prices.readUnit +
    queue * prices.queueRequest +
    deliveries * prices.apiRequest;
  const list = (entries: [string, number][]) => entries.map(([name, n]) => `${name} ${n}`).join(', ');
  console.log(`\n### ${scene.name}\n`);
  console.log('| what | count |\n|---|---|');
  console.log(`| state transitions | ${states.length} (${states.join(' → ')}) |`);
  console.log(
    `| DynamoDB requests | ${list(count(requests.map((r) => r.operation).filter((o) => o.startsWith('DynamoDB'))))} |`,
  );
  console.log(`| DynamoDB units | ${write} write, ${read} read |`);
  console.log(
    `| other AWS requests | ${list(count(requests.map((r) => r.operation).filter((o) => !o.startsWith('DynamoDB'))))} |`,
  );
  console.log(`| requests of Slack | ${deliveries} |`);
  console.log(`| Slack calls | ${calls.length} (${list(count(calls))}) |`);
  console.log(
    `| cost at list prices, without Lambda's time | $${(cost * 1000).toFixed(3)} per 1,000 turns |`,
  );
}

async function main(): Promise<void> {
  await using stand = await startStand({ name: 'bench', settings: { model: 'demo/600' } });
  const { slack, meter } = stand;
  // Warm: secrets, tokens and processes are there.
  for (const scene of scenes) await play(slack, scene);
  for (const scene of scenes) {
    // Guard wakes of the turn before are over when nothing has passed for a while.
    let quiet = 0;
    while (quiet < 20) {
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      quiet = meter.take().some(({ operation }) => operation.startsWith('DynamoDB')) ? 0 : quiet + 1;
    }
    const mark = await slack.mark();
    const asked = await play(slack, scene);
    const turn = await stand.ended(asked, 60_000);
    // The last guard wake belongs to the turn that it watched.
    await new Promise((resolve) => setTimeout(resolve, 20_000));
    const requests = meter.take();
    const calls = (await slack.calls({ after: mark.call })).map(({ method }) => method);
    const deliveries = (await slack.deliveries({ after: mark.delivery })).length;
    report(scene, await stand.states(turn), requests, calls, deliveries);
  }
}

await main();
