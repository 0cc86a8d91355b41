import { join } from 'node:path';

export const projectRoot = join(import.meta.dirname, '..');

/** Where a local stack keeps its files. Each stack that runs at a time has a state directory of its own. */
export interface Places {
  stateDir: string;
  logDir: string;
  /** What drives the running stack: addresses and names. */
  stackFile: string;
  outputsFile: string;
  cdkOut: string;
  pidFile(name: string): string;
  logFile(name: string): string;
}

/** The state directory of `npm start` and `npm run local`. */
export const defaultStateDir = join(projectRoot, '.local');

/** Python packages are shared by all local stacks of this checkout. */
export const venvDir = join(projectRoot, '.local', 'venv');

export function placesIn(stateDir: string): Places {
  const logDir = join(stateDir, 'log');
  return {
    stateDir,
    logDir,
    stackFile: join(stateDir, 'stack.json'),
    outputsFile: join(stateDir, 'outputs.json'),
    cdkOut: join(stateDir, 'cdk.out'),
    pidFile: (name) => join(stateDir, `${name}.pid`),
    logFile: (name) => join(logDir, `${name}.log`),
  };
}
