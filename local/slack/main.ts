import { parseArgs } from 'node:util';
import type { SimulatorOptions } from './options.ts';
import { startSlackSimulator } from './server.ts';

const USAGE = `Starts the Slack simulator on 127.0.0.1 and prints its address.

  node local/slack/main.ts [--port 3780] [--events-url URL] [--interactions-url URL] [--signing-secret SECRET]
                           [--retry-scale 1] [--append-per-minute 100]
`;

/** The simulator as a process of its own: one line with the address when it is ready; ends on SIGINT or SIGTERM. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '3780' },
      'events-url': { type: 'string' },
      'interactions-url': { type: 'string' },
      'signing-secret': { type: 'string' },
      'retry-scale': { type: 'string' },
      'append-per-minute': { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) {
    console.log(USAGE);
    return;
  }
  const options: SimulatorOptions = { port: Number(values.port) };
  if (values['events-url']) options.eventsUrl = values['events-url'];
  if (values['interactions-url']) options.interactionsUrl = values['interactions-url'];
  if (values['signing-secret']) options.signingSecret = values['signing-secret'];
  if (values['retry-scale']) options.retryScale = Number(values['retry-scale']);
  if (values['append-per-minute']) {
    options.rateLimits = { 'chat.appendStream': { perMinute: Number(values['append-per-minute']) } };
  }
  const simulator = await startSlackSimulator(options);
  console.log(`Slack simulator: ${simulator.url}`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void simulator.close().then(() => process.exit(0)));
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
