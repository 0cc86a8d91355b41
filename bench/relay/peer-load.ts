import { SEED, startSlackSimulator } from '../../local/slack/server.ts';
import { type CallRecord, SlackSimulatorClient } from '../../test/support/slack-client.ts';
import { arrivalsIn } from './arrivals.ts';
import { count } from './aws-usage.ts';
import { refusedIn } from './judge.ts';
import { latencyRows } from './load-rows.ts';
import { APPENDS_PER_MINUTE, loadShape, loadWords } from './load-shape.ts';
import type { BenchOptions } from './options.ts';
import { type PeerCall, PeerRelay } from './peer.ts';
import { countsTold, type PartResult } from './results.ts';
import { flowOf, piecesBefore, type SentText } from './source.ts';
import { measureLoad, measureText } from './text-measure.ts';
import type { TurnScript } from './turn-script.ts';

const GATHER_MS = 2_000;

/** The same load on the peer: one process, the same source of text, a simulator of its own with empty windows. */
export async function runPeer(options: BenchOptions): Promise<PartResult> {
  const shape = loadShape(options);
  const simulator = await startSlackSimulator({
    port: 0,
    rateLimits: { 'chat.appendStream': { perMinute: APPENDS_PER_MINUTE } },
  });
  try {
    const slack = new SlackSimulatorClient(simulator.url);
    const swallowed = new Map<string, number>();
    const calls: CallRecord[] = [];
    const gather = async () => {
      calls.push(...(await slack.calls({ after: calls.at(-1)?.id ?? 0 })));
    };
    let gathering = Promise.resolve();
    const timer = setInterval(() => {
      gathering = gathering.then(gather);
    }, GATHER_MS);
    const turns = await Promise.all(shape.scripts.map((script) => playPeer(slack, script, swallowed)));
    clearInterval(timer);
    await gathering.then(gather);
    const texts = turns.map(({ sent, thread }) => measureText(sent, arrivalsIn(calls, thread)));
    const methods = new Map<string, number>();
    for (const { method } of calls) count(methods, method);
    return {
      part: 'peer',
      how: `${loadWords(shape)}. Each turn has a throttle of its own: what comes within 1 s is gathered, 2 s lie between two calls, one call is in flight, three attempts of 10 s each, then the failure is swallowed.`,
      full: shape.full,
      rows: [
        ...latencyRows({
          load: measureLoad(texts),
          refused: refusedIn(calls),
          shareMs: shape.shareMs,
          asked: false,
        }),
        { what: 'Slack calls, all turns', measured: countsTold(methods) },
        { what: 'calls given up', measured: countsTold(swallowed) },
      ],
      wrongs: [],
    };
  } finally {
    await simulator.close();
  }
}

async function playPeer(slack: SlackSimulatorClient, script: TurnScript, swallowed: Map<string, number>) {
  const { requester } = SEED.people;
  const channel = SEED.channels.team;
  const { ts } = await slack.post({
    user: requester,
    channel,
    text: `<@${SEED.botUser}> turn ${script.turn}`,
  });
  const thread = { channel, threadTs: ts };
  const call: PeerCall = async (method, args, signal) => {
    const response = await fetch(`${slack.apiUrl}${method}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json; charset=utf-8',
        authorization: `Bearer ${SEED.botToken}`,
      },
      body: JSON.stringify(args),
      signal,
    });
    const answer = (await response.json()) as { ok: boolean; error?: string; ts?: string };
    if (!answer.ok) throw new Error(answer.error);
    return answer;
  };
  const relay = new PeerRelay({
    thread,
    recipient: { userId: requester, teamId: SEED.team },
    call,
    log: (method, error) =>
      count(swallowed, `${method} ${error instanceof Error ? error.message : String(error)}`),
  });
  const sent: SentText = { turn: script.turn, at: [] };
  for (const [at, step] of script.steps.entries()) {
    for await (const delta of flowOf(step, sent, piecesBefore(script, at))) relay.text(delta);
    for (const { name } of step.calls) relay.step(name);
  }
  await relay.complete();
  return { sent, thread };
}
