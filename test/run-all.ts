// `npm test`: static checks, then unit tests, the simulator's page in a browser, the tests on the deployed stack,
// and one line that sums up.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const root = join(import.meta.dirname, '..');
const bin = join(root, 'node_modules', '.bin');
const reports = join(root, '.local', 'test');

interface Tally {
  passed: number;
  failed: number;
}

/** Runs a command in the project, its output going where ours goes. @returns its exit code */
function run(command: string, args: readonly string[]): Promise<number> {
  const env = { ...process.env, PATH: [bin, process.env.PATH].join(delimiter) };
  const child = spawn(join(bin, command), [...args], { cwd: root, env, stdio: 'inherit' });
  return new Promise((resolve) => {
    child.once('error', (error) => {
      console.error(error.message);
      resolve(1);
    });
    child.once('close', (code) => resolve(code ?? 1));
  });
}

async function check(name: string, command: string, ...args: string[]): Promise<Tally> {
  const started = Date.now();
  const code = await run(command, args);
  console.log(
    `${code === 0 ? 'ok    ' : 'FAILED'} ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`,
  );
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/** What of vitest's JSON report is needed; it has the form of jest's. */
interface Report {
  numPassedTests: number;
  numFailedTests: number;
  testResults: { status: string; assertionResults: { status: string }[] }[];
}

async function suite(project: string): Promise<Tally> {
  const report = join(reports, `${project}.json`);
  rmSync(report, { force: true });
  const code = await run('vitest', [
    'run',
    `--project=${project}`,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ]);
  if (!existsSync(report)) return { passed: 0, failed: 1 };
  const { numPassedTests, numFailedTests, testResults }: Report = JSON.parse(readFileSync(report, 'utf8'));
  // A file that could not be loaded holds no failed test, and neither does an error outside of any.
  const broken = testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  ).length;
  const failed = numFailedTests + broken;
  return { passed: numPassedTests, failed: failed === 0 && code !== 0 ? 1 : failed };
}

mkdirSync(reports, { recursive: true });
const tallies = [
  await check('types (tsc)', 'tsc', '--noEmit'),
  await check("types of the simulator's page (tsc)", 'tsc', '--noEmit', '-p', 'local/slack/page'),
  await check('format and lint (biome)', 'biome', 'check', '.'),
  await check('unused code and dependencies (knip)', 'knip'),
  await suite('unit'),
  await suite('browser'),
  await suite('e2e'),
];
const passed = tallies.reduce((sum, tally) => sum + tally.passed, 0);
const failed = tallies.reduce((sum, tally) => sum + tally.failed, 0);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
