import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { LocalError } from './local-error.ts';

const interpreters = [
  'python3',
  'python3.14',
  'python3.13',
  'python3.12',
  'python3.11',
  'python3.10',
  'python',
];

const run = (command: string, args: string[]): SpawnSyncReturns<string> =>
  spawnSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

/** A Python of version 3.10 or newer that can make virtual environments. */
function findPython(): string {
  for (const python of interpreters) {
    const check = run(python, [
      '-c',
      'import sys, venv, ensurepip; sys.exit(0 if sys.version_info >= (3, 10) else 9)',
    ]);
    if (check.status === 0) return python;
  }
  throw new LocalError(
    [
      'The local AWS emulator needs Python 3.10 or newer with the venv module, and none was found.',
      'Install it and try again: `apt-get install python3 python3-venv` (Debian, Ubuntu), `dnf install python3`',
      '(Fedora), `brew install python` (macOS), or from https://www.python.org/downloads/.',
    ].join('\n'),
  );
}

/** What is installed in a virtual environment: package name in lower case → version. */
function installedIn(venv: string): Map<string, string> {
  const list = run(join(venv, 'bin', 'python'), [
    '-m',
    'pip',
    'list',
    '--format=freeze',
    '--disable-pip-version-check',
  ]);
  const lines = list.status === 0 ? list.stdout.split('\n') : [];
  return new Map(
    lines.map((line) => {
      const [name = '', version = ''] = line.trim().split('==');
      return [name.toLowerCase(), version];
    }),
  );
}

/**
 * Sees to it that a virtual environment has these packages at exactly these versions, and returns its `bin`
 * directory. Quick when they are there already.
 *
 * @param packages such as `ministack==1.5.33`
 * @param say is told what takes time
 * @throws LocalError saying what to install or what pip said
 */
export function ensurePythonPackages(
  venv: string,
  packages: readonly string[],
  say: (line: string) => void = () => {},
): string {
  const bin = join(venv, 'bin');
  const missing = () => {
    const installed = existsSync(join(bin, 'python')) ? installedIn(venv) : new Map<string, string>();
    return packages.filter((wanted) => {
      const [name = '', version] = wanted.split('==');
      return installed.get(name.toLowerCase()) !== version;
    });
  };
  let toInstall = missing();
  if (toInstall.length === 0) return bin;

  say(`Installing ${toInstall.join(', ')} into a Python virtual environment …`);
  // An environment without a working pip was left half made; it is made anew.
  if (installedIn(venv).size === 0) {
    rmSync(venv, { recursive: true, force: true });
    mkdirSync(dirname(venv), { recursive: true });
    const made = run(findPython(), ['-m', 'venv', venv]);
    if (made.status !== 0)
      throw new LocalError(
        `Python could not make a virtual environment in ${venv}:\n${made.stderr || made.stdout}`,
      );
  }
  const pip = run(join(bin, 'python'), [
    '-m',
    'pip',
    'install',
    '--quiet',
    '--disable-pip-version-check',
    ...toInstall,
  ]);
  toInstall = pip.status === 0 ? missing() : toInstall;
  if (toInstall.length > 0)
    throw new LocalError(
      `pip could not install ${toInstall.join(', ')}. Is the package index reachable?\n${pip.stderr.trim().slice(-2000)}`,
    );
  return bin;
}
