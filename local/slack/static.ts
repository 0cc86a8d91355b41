import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';

const ROOT = join(import.meta.dirname, 'page');
const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** A file of the page; undefined when there is none. The page needs nothing from outside. */
export async function pageFile(path: string): Promise<Response | undefined> {
  const file = normalize(join(ROOT, path === '/' ? 'index.html' : path));
  const type = TYPES[extname(file)];
  if (!file.startsWith(ROOT) || type === undefined) return undefined;
  try {
    const headers = { 'content-type': type, 'cache-control': 'no-cache' };
    return new Response(await readFile(file, 'utf8'), { headers });
  } catch {
    return undefined;
  }
}
