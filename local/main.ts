import { resolve } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { modelNameForms } from '../core/models/model-name.ts';
import { down } from './down.ts';
import { LocalError } from './local-error.ts';
import { defaultStateDir, placesIn } from './places.ts';
import { defaultAppId, type UpOptions, up } from './up.ts';

const say = (line: string): void => console.log(line);

function portNumber(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1024 || port > 65_535)
    throw new InvalidArgumentError('It must be a port from 1024 to 65535.');
  return port;
}

function keyValue(text: string, before: Record<string, string> = {}): Record<string, string> {
  const at = text.indexOf('=');
  if (at < 1) throw new InvalidArgumentError('It must be key=value, such as limits.leaseMs=5000.');
  return { ...before, [text.slice(0, at)]: text.slice(at + 1) };
}

interface PlaceOptions {
  stateDir: string;
  port: number;
  model: string;
  modelBaseUrl?: string;
  context?: Record<string, string>;
}

/** What all starts have in common. */
function upOptions({ stateDir, port, model, modelBaseUrl, context }: PlaceOptions) {
  const modelApiKey = process.env.SLUICE_MODEL_API_KEY;
  return {
    stateDir: resolve(stateDir),
    port,
    settings: { ...context, model, ...(modelBaseUrl ? { modelBaseUrl } : {}) },
    ...(modelApiKey ? { modelApiKey } : {}),
  } satisfies UpOptions;
}

const program = new Command('local').description(
  'Runs Sluice on this machine: AWS emulator, stack, Slack simulator',
);

/** What every command that starts something takes. */
function withPlace(command: Command): Command {
  return command
    .option('--state-dir <dir>', 'where logs, pid files and stack.json go', defaultStateDir)
    .addOption(
      new Option('--port <port>', 'port of the AWS emulator')
        .env('SLUICE_LOCAL_PORT')
        .argParser(portNumber)
        .default(4566),
    )
    .option('-c, --context <key=value>', 'a setting of the deployment, as `cdk -c` takes it', keyValue);
}

function withModel(command: Command): Command {
  return command
    .addOption(new Option('--model <model>', modelNameForms).env('SLUICE_MODEL').default('demo'))
    .addOption(
      new Option('--model-base-url <url>', 'address of an OpenAI-compatible API').env(
        'SLUICE_MODEL_BASE_URL',
      ),
    )
    .addHelpText('after', "\nSLUICE_MODEL_API_KEY holds the API's key, where it wants one.");
}

withModel(withPlace(program.command('start')))
  .description('Starts all of it with the Slack simulator and its page, until Ctrl-C')
  .option('--slack-port <port>', 'port of the Slack simulator', portNumber, 3780)
  .action(async (options) => {
    const ending = new AbortController();
    // npm passes signals on that the terminal sent us already: only the first counts.
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => ending.abort());
    const { start } = await import('./start.ts');
    await start({ ...upOptions(options), slackPort: options.slackPort, say, signal: ending.signal });
  });

withModel(withPlace(program.command('up')))
  .description('Deploys to the emulator without our Slack simulator and leaves it running')
  .requiredOption('--slack-api-url <url>', 'address of a Slack-compatible Web API')
  .option('--signing-secret <secret>', "the app's signing secret (default: made at random, see stack.json)")
  .option('--app-id <id>', "the app's id, api_app_id of its events", defaultAppId)
  .action(async (options) => {
    const given = upOptions(options);
    const stack = await up({
      ...given,
      settings: { ...given.settings, slackApiUrl: options.slackApiUrl },
      appId: options.appId,
      ...(options.signingSecret ? { signingSecret: options.signingSecret } : {}),
      say,
    });
    say('');
    say(`Events:        ${stack.apiUrl}/slack/events`);
    say(`Interactions:  ${stack.apiUrl}/slack/interactions`);
    say(`All of it:     ${placesIn(given.stateDir).stackFile}`);
    say('Put a workspace in: npm run sluice -- install --local --team T… --bot-token xoxb-…');
    say('End it:             npm run local -- down');
  });

program
  .command('down')
  .description('Ends what `up` (or a lost `npm start`) started')
  .option('--state-dir <dir>', 'the state directory given to `up`', defaultStateDir)
  .action(async ({ stateDir }) => {
    say((await down(resolve(stateDir))) ? 'Ended.' : 'Nothing was running.');
  });

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof LocalError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
