import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { commandOf } from './processes.ts';

/** Whether a loopback port can be listened on. */
export function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/** Linux: the sockets that listen on a port, from the kernel's table. */
function listeningSockets(port: number): Set<string> {
  const hex = port.toString(16).toUpperCase().padStart(4, '0');
  const sockets = new Set<string>();
  for (const table of ['/proc/net/tcp', '/proc/net/tcp6']) {
    if (!existsSync(table)) continue;
    for (const line of readFileSync(table, 'utf8').split('\n').slice(1)) {
      const fields = line.trim().split(/\s+/);
      // 0A is the state LISTEN; the tenth field is the socket's inode.
      if (fields[1]?.endsWith(`:${hex}`) && fields[3] === '0A' && fields[9])
        sockets.add(`socket:[${fields[9]}]`);
    }
  }
  return sockets;
}

function holdsOne(pid: string, sockets: ReadonlySet<string>): boolean {
  try {
    return readdirSync(`/proc/${pid}/fd`).some((fd) => sockets.has(readlinkSync(`/proc/${pid}/fd/${fd}`)));
  } catch {
    return false; // Another user's process, or one that has just ended.
  }
}

/** Who listens on a port, in words for people; undefined where the machine does not tell. */
export function holderOf(port: number): string | undefined {
  let pid: string | undefined;
  if (existsSync('/proc/net/tcp')) {
    const sockets = listeningSockets(port);
    pid = readdirSync('/proc').find((name) => /^\d+$/.test(name) && holdsOne(name, sockets));
  } else {
    const lsof = spawnSync('lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-t'], { encoding: 'utf8' });
    pid = lsof.stdout?.trim().split('\n')[0];
  }
  if (!pid) return undefined;
  const command = commandOf(Number(pid)) ?? 'unknown command';
  return `process ${pid} (${command.length > 80 ? `${command.slice(0, 80)}…` : command})`;
}
