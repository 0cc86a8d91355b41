import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { holderOf, isFree } from './ports.ts';
import { commandOf, runningFrom, startDetached, stopFrom } from './processes.ts';

const directory = mkdtempSync(join(tmpdir(), 'sluice-processes-'));
const pidFile = join(directory, 'it.pid');
const logFile = join(directory, 'it.log');
const mark = 'sluice-test-process';

/** A process that says its word, starts a child and waits. */
function startOne(script: string): number {
  return startDetached({
    command: process.execPath,
    args: ['-e', `/* ${mark} */ ${script}`],
    env: process.env,
    cwd: directory,
    logFile,
    pidFile,
  });
}

async function until<T>(look: () => T | undefined): Promise<T> {
  for (;;) {
    const found = look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

const wait = 'setInterval(() => {}, 1000);';

describe('processes', () => {
  afterEach(() => stopFrom(pidFile, mark));

  it('are ended with all that they started, even when they do not want to', async () => {
    const pid = startOne(
      `process.on('SIGTERM', () => {}); const { spawn } = require('node:child_process');
       console.log(spawn(process.execPath, ['-e', 'process.on("SIGTERM", () => {}); ${wait}']).pid); ${wait}`,
    );
    const child = await until(() => Number(readFileSync(logFile, 'utf8')) || undefined);
    expect(runningFrom(pidFile, mark)).toBe(pid);
    expect(await stopFrom(pidFile, mark, 100)).toBe(true);
    expect(commandOf(pid)).toBeUndefined();
    await until(() => (commandOf(child) === undefined ? true : undefined));
    expect(await stopFrom(pidFile, mark)).toBe(false);
  });

  it('leave alone what has taken over the id of an ended one', async () => {
    const pid = startOne(wait);
    writeFileSync(pidFile, `${pid}\n`);
    expect(runningFrom(pidFile, 'something else')).toBeUndefined();
    expect(await stopFrom(pidFile, 'something else')).toBe(false);
    expect(commandOf(pid)).toContain(mark);
    writeFileSync(pidFile, `${pid}\n`);
  });

  it('are not there when the file is not, or holds nothing of use', () => {
    expect(runningFrom(join(directory, 'none.pid'), mark)).toBeUndefined();
    writeFileSync(pidFile, 'x');
    expect(runningFrom(pidFile, mark)).toBeUndefined();
  });
});

describe('ports', () => {
  it('tells who holds one', async () => {
    const server = createServer();
    const port = await new Promise<number>((resolve) =>
      server.listen(0, '127.0.0.1', () => {
        const address = server.address();
        resolve(typeof address === 'object' && address ? address.port : 0);
      }),
    );
    expect(await isFree(port)).toBe(false);
    expect(holderOf(port)).toContain(`process ${process.pid} (`);
    await new Promise((resolve) => server.close(resolve));
    expect(await isFree(port)).toBe(true);
    expect(holderOf(port)).toBeUndefined();
  });
});
