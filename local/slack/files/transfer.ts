import { findToken } from '../api/authenticate.ts';
import type { CallRecord } from '../api/call-log.ts';
import { ApiError } from '../api/errors.ts';
import { type Answer, misbehave, type Reply } from '../faults/misbehave.ts';
import { hex } from '../ids.ts';
import type { Simulator } from '../simulator.ts';
import { FilesFull } from './files.ts';
import { seesFile } from './share.ts';
import type { StoredFile } from './types.ts';

const LOGIN_PAGE =
  '<!DOCTYPE html><html lang="en"><head><title>Sign in</title></head><body><h1>Sign in to your workspace</h1></body></html>';

const plain = (status: number, body: string): Reply => ({
  status,
  headers: { 'x-slack-req-id': hex(32) },
  contentType: 'text/plain; charset=utf-8',
  body,
});

/** Takes the bytes for an upload URL: as the first file of a multipart form, or as the raw body (§11 step 2). */
export async function handleUpload(sim: Simulator, path: string, request: Request): Promise<Answer> {
  const upload = sim.files.promised(path);
  const announced = Number(request.headers.get('content-length') ?? 0);
  // What cannot fit is not read into memory at all; a form adds some bytes of its own.
  const bytes = announced > sim.files.room() + 4096 ? undefined : await bytesOf(request);
  const given = { app: upload?.appId ?? null, team: upload?.teamId ?? null };
  const args = { file: upload?.id ?? null, size: bytes?.length ?? announced };
  return transferred(sim, request, { method: 'upload_url', ...given, args }, () => {
    if (!upload) return plain(404, 'No such upload: ask files.getUploadURLExternal for another URL.');
    if (!bytes)
      return plain(413, 'The file is larger than what the simulator still keeps (option filesMaxBytes).');
    if (bytes.length !== upload.length) {
      return plain(400, `${upload.length} bytes were announced and ${bytes.length} came.`);
    }
    try {
      sim.files.receive(upload, bytes);
    } catch (error) {
      if (!(error instanceof FilesFull)) throw error;
      return plain(413, error.message);
    }
    return plain(200, `OK - ${bytes.length}`);
  });
}

/** Gives a file to a bearer token with `files:read`; to everybody else the login page, with 200 (§11 Download). */
export function handleDownload(
  sim: Simulator,
  given: { key: string; download: boolean },
  request: Request,
): Promise<Answer> {
  const id = /-(F[A-Z0-9]+)$/.exec(given.key)?.[1] ?? '';
  const stored = sim.files.get(id);
  const token = /^Bearer\s+(\S+)$/i.exec(request.headers.get('authorization') ?? '')?.[1];
  const installation = sim.world.installationByToken(token ?? '');
  const who = { app: installation?.appId ?? null, team: installation?.teamId ?? null };
  return transferred(sim, request, { method: 'file_url', ...who, args: { file: id } }, () => {
    if (!stored || !mayRead(sim, token, stored)) {
      return { status: 200, headers: {}, contentType: 'text/html; charset=utf-8', body: LOGIN_PAGE };
    }
    const headers = given.download
      ? { 'content-disposition': `attachment; filename="${encodeURIComponent(stored.file.name)}"` }
      : {};
    return { status: 200, headers, contentType: stored.file.mimetype, body: stored.bytes };
  });
}

function mayRead(sim: Simulator, text: string | undefined, stored: StoredFile): boolean {
  try {
    const token = findToken(sim, text, ['bot', 'user']);
    const places = sim.world.installationsOf(token).filter((one) => !one.revoked);
    return places.some((one) => {
      const scopes = token.kind === 'bot' ? one.scopes : token.scopes;
      const userId = token.kind === 'bot' ? one.botUserId : token.userId;
      const { appId, teamId } = one;
      return scopes.includes('files:read') && seesFile(sim, { appId, teamId, userId }, stored);
    });
  } catch (error) {
    if (error instanceof ApiError) return false;
    throw error;
  }
}

async function bytesOf(request: Request): Promise<Uint8Array<ArrayBuffer>> {
  const type = request.headers.get('content-type') ?? '';
  if (!type.startsWith('multipart/form-data')) return new Uint8Array(await request.arrayBuffer());
  const form = await request.formData().catch(() => undefined);
  for (const value of form?.values() ?? []) {
    if (typeof value !== 'string') return new Uint8Array(await value.arrayBuffer());
  }
  // No file in it, or no form at all: not the bytes that were announced.
  return new Uint8Array();
}

/** Runs a transfer with the misbehaviour that was asked for, and logs it. */
async function transferred(
  sim: Simulator,
  request: Request,
  about: Pick<CallRecord, 'method' | 'app' | 'team' | 'args'>,
  run: () => Reply,
): Promise<Answer> {
  const at = sim.clock.now();
  const began = performance.now();
  const fault = sim.faults.forCall(about.method, undefined);
  const { result, sent, answer } = await misbehave(fault, request.signal, run, (reply) => reply);
  const ok =
    sent?.status === 200 && sent.body !== LOGIN_PAGE && (fault === undefined || result !== undefined);
  const call = sim.calls.add({
    ...about,
    at,
    durationMs: Math.round((performance.now() - began) * 10) / 10,
    unknownArguments: [],
    status: sent?.status ?? 0,
    ok,
    error: ok
      ? null
      : sent === null
        ? 'connection_closed'
        : sent.body === LOGIN_PAGE
          ? 'login_page'
          : `http_${sent.status}`,
    answer: sent === null ? null : typeof sent.body === 'string' ? sent.body : `${sent.body.length} bytes`,
    fault: fault?.effect ?? null,
    applied: result !== undefined,
  });
  sim.changes.emit({ type: 'call', call });
  return answer;
}
