import type { AttachmentRecord } from '../../attachments/attachment.ts';
import { type SlackApi, SlackCallError } from '../../slack/api.ts';
import { readThread, tsFrom } from '../../slack/thread.ts';
import { isAbsent } from '../../store/bodies.ts';
import { awaitSlot } from '../budget/await-slot.ts';
import type { RelayDeps } from '../deps.ts';
import type { HeldRelay } from '../lease.ts';
import type { RelayRecord } from '../record.ts';
import { comeBackAfterFailure } from '../recovery/retry.ts';
import type { Brought } from './upload-files.ts';

/** Slack shares a file after it has answered: so often it is looked for before it is shared again. */
const LOOKS = 4;
/** An address that Slack took back is asked for anew, so often. */
const RESTARTS = 6;
/** Slack's words for an upload that it does not know (any more). */
const UNKNOWN_FILE = new Set(['file_not_found', 'file_deleted', 'missing_file_data', 'invalid_file']);

/**
 * Uploads one file into the thread (`files.getUploadURLExternal`, the bytes, `files.completeUploadExternal`). Only the
 * last of these is seen by people: Slack's id of the file is written down before it, and asked for after a crash or
 * a lost answer. What was begun and not finished before that stays unseen at Slack and goes.
 *
 * @throws SlackCallError
 */
export async function uploadFile(
  deps: RelayDeps,
  held: HeldRelay,
  slack: SlackApi,
  file: AttachmentRecord,
): Promise<Brought> {
  const { current } = { ...held.record.uploads };
  const begun = current?.id === file.id ? current.fileId : undefined;
  const place = begun === undefined ? 'unknown' : await findFile(slack, held.record, begun);
  if (place === 'shared') return finished(held, file);
  const tries = held.record.retry?.attempts ?? 0;
  if (place === 'on_its_way' && tries < LOOKS) return comeBackAfterFailure(deps, held);
  const fileId = begun ?? (await sendBytes(deps, held, slack, file));
  if (typeof fileId !== 'string') return fileId;
  const slot = await awaitSlot(deps, held, { method: 'files.completeUploadExternal', priority: 'extra' });
  if (slot.kind !== 'granted') return slot;
  await held.save();
  const { channel, threadTs } = held.record;
  try {
    await slack.call('files.completeUploadExternal', {
      files: [{ id: fileId, title: file.name }],
      channel_id: channel,
      thread_ts: threadTs,
    });
  } catch (error) {
    if (!isUnknownFile(error)) throw error;
    // Nobody may look whether it is there: not at all is better than twice where it was completed most likely.
    if (place === 'unseen') return finished(held, file);
    if (tries >= RESTARTS) throw error;
    // It was never completed, and its address is no good any more.
    held.change({ uploads: { done: held.record.uploads?.done ?? [] } });
    return comeBackAfterFailure(deps, held);
  }
  return finished(held, file);
}

/** @returns Slack's id of the file, noted in the record; or why there is none */
async function sendBytes(
  deps: RelayDeps,
  held: HeldRelay,
  slack: SlackApi,
  file: AttachmentRecord,
): Promise<string | Brought> {
  let bytes: Uint8Array;
  try {
    bytes = await deps.bodies.getBytes(file.key);
  } catch (error) {
    if (isAbsent(error)) return { kind: 'refused', code: CONTENT_GONE };
    throw error;
  }
  const slot = await awaitSlot(deps, held, { method: 'files.getUploadURLExternal', priority: 'extra' });
  if (slot.kind !== 'granted') return slot;
  const target = await slack.call<{ upload_url: string; file_id: string }>('files.getUploadURLExternal', {
    filename: file.name,
    length: bytes.length,
    ...(file.altText ? { alt_txt: file.altText } : {}),
  });
  // The lease must last until the bytes are there.
  await held.save();
  await deps.sendUpload(target.upload_url, bytes);
  const current = { id: file.id, fileId: target.file_id, at: deps.now() };
  held.change({ uploads: { done: held.record.uploads?.done ?? [], current } });
  return target.file_id;
}

/** Our own word where the bucket has no such body. */
export const CONTENT_GONE = 'content_gone';

function finished(held: HeldRelay, { id }: AttachmentRecord): Brought {
  held.change({ uploads: { done: [...(held.record.uploads?.done ?? []), id] }, retry: undefined });
  return { kind: 'done' };
}

/**
 * `on_its_way`: Slack knows the file, or may know it, and does not show it in the thread (yet). `unknown`: it was not
 * completed. `unseen`: nobody may look.
 */
type FilePlace = 'shared' | 'on_its_way' | 'unknown' | 'unseen';

/** Where a file stands, by `files.info`, or by the thread where the app may not ask for it. */
async function findFile(
  slack: SlackApi,
  { channel, threadTs, uploads }: Pick<RelayRecord, 'channel' | 'threadTs' | 'uploads'>,
  fileId: string,
): Promise<FilePlace> {
  try {
    const { file } = await slack.call<{ file?: SharedFile }>('files.info', { file: fileId });
    return file && sharesOf(file).includes(channel) ? 'shared' : 'on_its_way';
  } catch (error) {
    if (isUnknownFile(error)) return 'unknown';
    if (!isRefusal(error)) throw error;
  }
  try {
    const oldest = tsFrom(uploads?.current?.at ?? 0);
    const messages = await readThread(slack, { channel, threadTs, oldest });
    return messages.some(({ files }) => files?.some(({ id }) => id === fileId)) ? 'shared' : 'on_its_way';
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return 'unseen';
  }
}

/** Where a file is, of Slack's file object (docs.slack.dev/reference/objects/file-object). */
interface SharedFile {
  channels?: string[];
  groups?: string[];
  ims?: string[];
  shares?: { public?: Record<string, unknown>; private?: Record<string, unknown> };
}

const sharesOf = ({ channels = [], groups = [], ims = [], shares }: SharedFile): string[] => [
  ...channels,
  ...groups,
  ...ims,
  ...Object.keys(shares?.public ?? {}),
  ...Object.keys(shares?.private ?? {}),
];

const isRefusal = (error: unknown): boolean =>
  error instanceof SlackCallError && error.failure.kind === 'platform';

const isUnknownFile = (error: unknown): boolean =>
  error instanceof SlackCallError &&
  error.failure.kind === 'platform' &&
  UNKNOWN_FILE.has(error.failure.code);
