import type { LanguageModelV4CallOptions } from '@ai-sdk/provider';
import { tool as sdkTool, stepCountIs, streamText } from 'ai';
import { z } from 'zod';
import { createCallModel } from '../core/models/call-model.ts';
import { createDemoModel } from '../core/models/demo/model.ts';
import { createTurnWorld, tool } from '../test/support/turn-world.ts';
import { quantile } from './quantiles.ts';

/**
 * What our loop adds to a step: `npm run bench:loop`. The same scripted model does the same steps, once called by AI
 * SDK's own loop, once by ours with its store in memory, in one process and in turns with each other. A step is the time
 * from one call of the model to the next, so the model, its tool and everything in between are in it on both sides.
 */
const STEPS = 50;
const TURNS = 8;
const WARM = 2;
const MOST_MS = 15;
const CHARS_PER_SECOND = 999_999;
const REQUEST = `use ${STEPS} tools one by one`;

const inputSchema = z.looseObject({});
const answer = async () => ({ result: 42 });

/** Times between calls of the model; the first call of a turn has none before it. */
function stopwatch() {
  const times: number[] = [];
  let last: number | undefined;
  return {
    times,
    lap() {
      const now = performance.now();
      if (last !== undefined) times.push(now - last);
      last = now;
    },
  };
}

async function direct(): Promise<number[]> {
  const watch = stopwatch();
  const model = createDemoModel(CHARS_PER_SECOND);
  const { doStream } = model;
  const result = streamText({
    model: {
      ...model,
      doStream: (options: LanguageModelV4CallOptions) => {
        watch.lap();
        return doStream(options);
      },
    },
    instructions: 'Help.',
    messages: [{ role: 'user', content: REQUEST }],
    tools: {
      calculate: sdkTool({ description: 'calculate', inputSchema, execute: answer }),
      current_time: sdkTool({ description: 'current_time', inputSchema, execute: answer }),
    },
    stopWhen: stepCountIs(STEPS + 1),
    maxRetries: 0,
    providerOptions: { demo: { turnId: 't0123456789', attempt: 1 } },
  });
  await result.consumeStream();
  return watch.times;
}

async function ours(): Promise<number[]> {
  const watch = stopwatch();
  const callModel = createCallModel({ now: Date.now, secrets: async () => ({}) });
  const world = createTurnWorld({ tools: [tool('calculate', answer), tool('current_time', answer)] });
  const { turnId } = await world.admit({ text: REQUEST });
  const routed = await world.run(turnId, 1, {
    now: Date.now,
    model: `demo/${CHARS_PER_SECOND}`,
    callModel: (request, onChunk) => {
      watch.lap();
      return callModel(request, onChunk);
    },
  });
  const turn = await world.turn(turnId);
  if (routed.route !== 'done' || turn.step !== STEPS + 1)
    throw new Error(`The turn went to ${routed.route} at step ${turn.step}.`);
  return watch.times;
}

const measured = { direct: [] as number[], ours: [] as number[] };
for (let turn = 0; turn < WARM + TURNS; turn++) {
  // Who goes first changes, so that neither always finds the other's garbage.
  const order = turn % 2 === 0 ? (['direct', 'ours'] as const) : (['ours', 'direct'] as const);
  for (const who of order) {
    const times = await (who === 'direct' ? direct() : ours());
    if (times.length !== STEPS) throw new Error(`${who} made ${times.length + 1} model calls.`);
    if (turn >= WARM) measured[who].push(...times);
  }
}

const line = (name: string, share: number): string => {
  const [sdk, loop] = [quantile(measured.direct, share), quantile(measured.ours, share)];
  const ms = (value: number) => `${value.toFixed(2)} ms`;
  return `| ${name} | ${ms(sdk)} | ${ms(loop)} | ${ms(loop - sdk)} | ${(loop / sdk).toFixed(1)} |`;
};
console.log(`${measured.ours.length} steps each, in turns of ${STEPS}, Node ${process.versions.node}\n`);
console.log('| per step | AI SDK alone | our loop | difference | ratio |\n|---|---|---|---|---|');
console.log(line('p50', 0.5));
console.log(line('p95', 0.95));
const overhead = quantile(measured.ours, 0.5) - quantile(measured.direct, 0.5);
if (overhead >= MOST_MS) {
  console.error(
    `\nOur loop adds ${overhead.toFixed(2)} ms to a step (p50); at most ${MOST_MS} ms are meant to be.`,
  );
  process.exitCode = 1;
}
