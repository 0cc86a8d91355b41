// Runs before every script, on whatever Node the machine has (20 or newer), without any dependency: installs the
// packages when they are missing or not those of package-lock.json, and says nothing when there is nothing to do.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const lockFile = join(root, 'package-lock.json');
// npm's own note of what it installed.
const installedFile = join(root, 'node_modules', '.package-lock.json');

const packagesOf = (file) =>
  Object.entries(JSON.parse(readFileSync(file, 'utf8')).packages).filter(([path]) => path);

/** A lock file that is merely younger (after a checkout) asks for nothing. */
function isSame() {
  const installed = new Map(packagesOf(installedFile));
  return packagesOf(lockFile).every(([path, { version, integrity, optional }]) => {
    const there = installed.get(path);
    return there ? there.version === version && there.integrity === integrity : optional === true;
  });
}

function isInstalled() {
  if (!existsSync(installedFile)) return false;
  if (statSync(installedFile).mtimeMs >= statSync(lockFile).mtimeMs) return true;
  if (!isSame()) return false;
  utimesSync(installedFile, new Date(), new Date());
  return true;
}

function npm(...args) {
  // Under `npm run` the same npm does it.
  const script = process.env.npm_execpath;
  const [command, first] = script?.endsWith('.js') ? [process.execPath, [script]] : ['npm', []];
  return spawnSync(command, [...first, ...args, '--no-progress', '--loglevel=error'], {
    cwd: root,
    encoding: 'utf8',
  });
}

if (!isInstalled()) {
  console.log('Installing packages (npm ci) …');
  let result = npm('ci');
  // `npm ci` refuses a lock file that lacks packages of other platforms, which some registries do not carry;
  // `npm install` takes the same versions from it.
  if (result.status !== 0) result = npm('install', '--no-save');
  if (result.status !== 0) {
    console.error(`${result.error?.message ?? result.stderr}`.trim().slice(-2000));
    console.error(
      'The packages could not be installed. Is the registry reachable? Run `npm ci` to see all it says.',
    );
    process.exit(result.status || 1);
  }
}
