import type { FileReference, UserPost } from '../sessions/record.ts';
import type { Limits } from '../settings.ts';
import type { SlackClient } from '../slack/api.ts';
import { fetchFile } from '../slack/fetch-file.ts';
import { SlackFileError } from '../slack/file-error.ts';
import type { Bodies } from '../store/bodies.ts';
import { ConditionFailedError } from '../store/errors.ts';
import { keys } from '../store/keys.ts';
import { absent, type Store } from '../store/store.ts';
import { sanitizeFileName } from './names.ts';
import {
  imageTooLarge,
  reasonOfFailure,
  reasonOfKind,
  sessionFull,
  tooLarge,
  tooManyPixels,
} from './reasons.ts';
import type { FileRecord } from './record.ts';
import { sniffFile } from './sniff.ts';

/** One try of one download; three of them and what lies between stay under a minute. */
const DOWNLOAD_MS = 15_000;
/** No provider takes an image that is wider or higher (Anthropic's vision guide, Bedrock's `Message`). */
const IMAGE_SIDE = 8_000;

export interface TakeFileDeps {
  store: Store;
  bodies: Bodies;
  /** Undefined for a workspace that removed the app. */
  slack: () => Promise<SlackClient | undefined>;
  limits: Limits;
  now: () => number;
  signal: AbortSignal;
}

/** Where a file belongs. */
export interface FilePlace {
  sessionId: string;
  turnId: string;
  installationId: string;
}

/** A file of a message, and the message. */
export interface PostedFile {
  reference: FileReference;
  post: UserPost;
}

type Taken = Pick<FileRecord, 'name' | 'mediaType' | 'bytes'> &
  ({ reason: string } | { reason?: undefined; data: Uint8Array });

/**
 * Takes a file that nobody has looked at: downloads it, looks what it is, stores its bytes and then the record that
 * names them. A refusal is stored as well, so that it is told once and no run tries again.
 *
 * @returns the record that stands, which may be another run's
 * @throws what store and bucket throw; the signal's reason when it was aborted, and nothing is stored then
 */
export async function takeFile(deps: TakeFileDeps, place: FilePlace, file: PostedFile): Promise<FileRecord> {
  const taken = await lookAt(deps, file.reference);
  if (taken.reason !== undefined) return keep(deps, place, file, { ...taken, status: 'refused' });
  const { data, name, mediaType, bytes } = taken;
  const key = `files/${place.sessionId}/${file.reference.id}`;
  await deps.bodies.putBytes(key, data);
  return keep(deps, place, file, { name, mediaType, bytes, key, status: 'stored' });
}

/** Refuses a file for which the session has no place, without asking Slack. */
export function refuseFile(
  deps: Pick<TakeFileDeps, 'store' | 'now' | 'limits'>,
  place: FilePlace,
  file: PostedFile,
): Promise<FileRecord> {
  const name = sanitizeFileName(file.reference.name);
  return keep(deps, place, file, {
    name,
    mediaType: UNKNOWN,
    bytes: file.reference.size,
    reason: sessionFull(name, deps.limits.filesPerSession),
    status: 'refused',
  });
}

const UNKNOWN = 'application/octet-stream';

async function lookAt({ slack, limits, signal }: TakeFileDeps, reference: FileReference): Promise<Taken> {
  const asked = { name: sanitizeFileName(reference.name), mediaType: UNKNOWN, bytes: reference.size };
  // What Slack says of its size may spare the download; it never makes a file acceptable.
  if (reference.size > limits.fileBytes) return { ...asked, reason: tooLarge(asked.name, limits.fileBytes) };
  const options = { maxBytes: limits.fileBytes, timeoutMs: DOWNLOAD_MS, signal };
  try {
    const client = await slack();
    if (!client) throw new SlackFileError('forbidden', 'the app was removed');
    const { bytes: data, name } = await fetchFile(client, reference.id, options);
    return judge(name ? sanitizeFileName(name) : asked.name, data, limits);
  } catch (error) {
    if (!(error instanceof SlackFileError)) throw error;
    return { ...asked, reason: reasonOfFailure(asked.name, error.kind, limits.fileBytes) };
  }
}

function judge(name: string, data: Uint8Array, limits: Limits): Taken {
  const sniffed = sniffFile(data);
  const about = { name, bytes: data.length };
  switch (sniffed.type) {
    case 'image': {
      const { mediaType, width, height } = sniffed;
      if (Math.max(width, height) > IMAGE_SIDE)
        return { ...about, mediaType, reason: tooManyPixels(name, IMAGE_SIDE) };
      if (data.length > limits.imageBytes)
        return { ...about, mediaType, reason: imageTooLarge(name, limits.imageBytes) };
      return { ...about, mediaType, data };
    }
    case 'pdf':
      return { ...about, mediaType: 'application/pdf', data };
    case 'text':
      return { ...about, mediaType: 'text/plain', data };
    default:
      return { ...about, mediaType: UNKNOWN, reason: reasonOfKind(name, sniffed) };
  }
}

async function keep(
  { store, now }: Pick<TakeFileDeps, 'store' | 'now'>,
  { sessionId, turnId, installationId }: FilePlace,
  { reference, post }: PostedFile,
  taken: Pick<FileRecord, 'name' | 'mediaType' | 'bytes' | 'status' | 'key' | 'reason'>,
): Promise<FileRecord> {
  const record: FileRecord = {
    v: 1,
    sessionId,
    fileId: reference.id,
    ...taken,
    turnId,
    userId: post.author.userId,
    installationId,
    at: now(),
  };
  const key = keys.file(sessionId, reference.id);
  try {
    await store.put({ ...key, ...record }, absent);
    return record;
  } catch (error) {
    if (!(error instanceof ConditionFailedError)) throw error;
    return (await store.get<FileRecord>(key)) ?? record;
  }
}
