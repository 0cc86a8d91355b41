import { type Context, Hono } from 'hono';
import { type GivenFile, postFiles, uploadFiles } from '../files/post-files.ts';
import type { Simulator } from '../simulator.ts';
import { BadRequest } from './body.ts';
import { adminMessage } from './state.ts';

const FIELDS = ['user', 'channel', 'thread_ts', 'text', 'file'];

/**
 * Files of people: `POST /act/upload` as a multipart form with `user`, one or more `file`, and `channel`,
 * `thread_ts?`, `text?` to post them (201 AdminMessage; without `channel` 201 `{files}`, for file inputs of modals);
 * `GET /files/:id` gives the bytes, `?download` as an attachment.
 */
export function fileRoutes(sim: Simulator): Hono {
  const routes = new Hono();
  routes.post('/act/upload', async (context) => {
    const { fields, files } = await formOf(context);
    const user = required(fields, 'user');
    const channel = fields.get('channel');
    if (channel === undefined) return context.json({ files: uploadFiles(sim, user, files) }, 201);
    const request = { user, channel, thread_ts: fields.get('thread_ts'), text: fields.get('text') ?? '' };
    return context.json(adminMessage(postFiles(sim, request, files)), 201);
  });
  routes.get('/files/:id', (context) => {
    const stored = sim.files.get(context.req.param('id'));
    if (!stored) return context.json({ error: 'no such file' }, 404);
    const kind = context.req.query('download') === undefined ? 'inline' : 'attachment';
    return new Response(stored.bytes, {
      headers: {
        'content-type': stored.file.mimetype,
        'content-disposition': `${kind}; filename="${encodeURIComponent(stored.file.name)}"`,
        // Somebody's HTML or SVG must not run on the page's origin.
        'content-security-policy':
          "sandbox; default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'",
        'x-content-type-options': 'nosniff',
      },
    });
  });
  return routes;
}

async function formOf(context: Context): Promise<{ fields: Map<string, string>; files: GivenFile[] }> {
  let form: FormData;
  try {
    form = await context.req.raw.formData();
  } catch {
    throw new BadRequest('the body is not a multipart form');
  }
  const fields = new Map<string, string>();
  const files: GivenFile[] = [];
  for (const [name, value] of form) {
    if (!FIELDS.includes(name)) throw new BadRequest(`unknown field ${name}: there are ${FIELDS.join(', ')}`);
    if (typeof value === 'string') {
      if (value !== '') fields.set(name, value);
    } else files.push({ name: value.name || 'file', bytes: new Uint8Array(await value.arrayBuffer()) });
  }
  return { fields, files };
}

function required(fields: Map<string, string>, name: string): string {
  const value = fields.get(name);
  if (value === undefined) throw new BadRequest(`missing field ${name}`);
  return value;
}
