import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import { buildPage } from './build-page.ts';

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
};
/** Addresses that the page itself draws: permalinks of messages too. */
const PAGE_PATHS = /^\/(?:oauth\/v2\/authorize|archives\/[A-Z0-9]+(?:\/p\d+)?)?\/?$/;

let built: Promise<string> | undefined;

/** A file of the page, which is built when it is first asked for; undefined when there is none. */
export async function pageFile(path: string): Promise<Response | undefined> {
  built ??= buildPage();
  const root = await built;
  const file = normalize(join(root, PAGE_PATHS.test(path) ? 'index.html' : path));
  const type = TYPES[extname(file)];
  if (!file.startsWith(root) || type === undefined) return undefined;
  try {
    // Names of built files hold their digest; only index.html may change.
    const cache = extname(file) === '.html' ? 'no-cache' : 'max-age=31536000, immutable';
    return new Response(await readFile(file), { headers: { 'content-type': type, 'cache-control': cache } });
  } catch {
    return undefined;
  }
}
