import { createHash } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { LocalError } from './local-error.ts';
import { placesIn, projectRoot, venvDir } from './places.ts';
import { holderOf, isFree } from './ports.ts';
import { runningFrom, startDetached, stopFrom } from './processes.ts';
import { ensurePythonPackages } from './python.ts';

/** The emulator, pinned: what is known of its differences from AWS was measured on this version. */
const PACKAGE = 'ministack==1.5.33';
const NAME = 'emulator';
/** Part of the emulator's command line. */
const MARK = 'ministack';
const READY_MS = 30_000;

export const region = 'us-east-1';
/** The account number that the emulator gives to everybody. */
export const account = '000000000000';

export interface EmulatorOptions {
  stateDir: string;
  port: number;
  /** More environment for the emulator, such as `MINISTACK_BEDROCK_PROXY_URL`. */
  env?: Readonly<Record<string, string>>;
  say?: (line: string) => void;
}

export interface Emulator {
  /** For SDK clients and the CDK, without a slash at its end. */
  endpoint: string;
  stateDir: string;
}

/** Environment for AWS clients and tools that talk to the emulator. */
export function awsEnvironment(endpoint: string): Record<string, string> {
  return {
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
  };
}

/** The machine's environment without AWS and Sluice settings of its owner, and with this project's Node first. */
export function cleanEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(AWS|SLUICE|SLACK|CDK|MINISTACK)_|^NODE_OPTIONS$/.test(name),
  );
  const path = [join(projectRoot, 'node_modules', '.bin'), process.env.PATH].join(delimiter);
  const loopback = 'localhost,127.0.0.1';
  return { ...Object.fromEntries(kept), PATH: path, NO_PROXY: loopback, no_proxy: loopback };
}

/**
 * Where the emulator unpacks functions, which it does not clean up itself. Outside of the project: Node would take
 * this project's package.json for the functions' own there.
 */
function temporaryDirectory(stateDir: string): string {
  const name = createHash('sha256').update(stateDir).digest('hex').slice(0, 12);
  return join(tmpdir(), `sluice-emulator-${name}`);
}

async function isHealthy(endpoint: string): Promise<boolean> {
  try {
    const response = await fetch(`${endpoint}/_ministack/health`, { signal: AbortSignal.timeout(1_000) });
    return response.ok;
  } catch {
    return false;
  }
}

/**
 * Starts the AWS emulator on the loopback address with IAM enforced. One that an earlier run of this state
 * directory left behind is ended first: its state is nobody's any more.
 *
 * @throws LocalError when the port is taken, Python is missing, or the emulator does not come up
 */
export async function startEmulator({
  stateDir,
  port,
  env = {},
  say = () => {},
}: EmulatorOptions): Promise<Emulator> {
  const places = placesIn(stateDir);
  const bin = ensurePythonPackages(venvDir, [PACKAGE], say);
  if (await stopEmulator(stateDir)) say('Ended an emulator that an earlier run left behind.');
  if (!(await isFree(port)))
    throw new LocalError(
      `Port ${port} is taken by ${holderOf(port) ?? 'another process'}. End it, or choose another port with \`--port\` or SLUICE_LOCAL_PORT.`,
    );

  say(`Starting the AWS emulator on port ${port} …`);
  const TMPDIR = temporaryDirectory(stateDir);
  mkdirSync(TMPDIR, { recursive: true });
  startDetached({
    command: join(bin, 'ministack'),
    args: [],
    cwd: stateDir,
    logFile: places.logFile(NAME),
    pidFile: places.pidFile(NAME),
    env: {
      ...cleanEnvironment(),
      AUTH: 'true',
      BIND_HOST: '127.0.0.1',
      GATEWAY_PORT: String(port),
      IOT_MTLS_ENABLED: '0',
      LAMBDA_ACCOUNT_CONCURRENCY: '60',
      PYTHONUNBUFFERED: '1',
      TMPDIR,
      ...env,
    },
  });
  const endpoint = `http://127.0.0.1:${port}`;
  const deadline = Date.now() + READY_MS;
  while (!(await isHealthy(endpoint))) {
    if (runningFrom(places.pidFile(NAME), MARK) === undefined || Date.now() > deadline) {
      await stopEmulator(stateDir);
      throw new LocalError(`The AWS emulator did not come up. Its log: ${places.logFile(NAME)}`);
    }
    await sleep(100);
  }
  return { endpoint, stateDir };
}

/** Ends the emulator of a state directory with every function process. @returns whether one was running */
export async function stopEmulator(stateDir: string): Promise<boolean> {
  const stopped = await stopFrom(placesIn(stateDir).pidFile(NAME), MARK);
  rmSync(temporaryDirectory(stateDir), { recursive: true, force: true });
  return stopped;
}
