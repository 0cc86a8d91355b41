import type { Log } from '../log.ts';
import type { MessageRecord } from '../sessions/record.ts';
import { keys } from '../store/keys.ts';
import type { FileContent } from './content.ts';
import { cutText } from './cut-text.ts';
import type { FileFacts } from './model-file-limits.ts';
import { type FilePlan, planFiles, TEXT_CHARS } from './plan-files.ts';
import { reasonOfKind, unreadableNow } from './reasons.ts';
import type { FileRecord } from './record.ts';
import { sniffFile } from './sniff.ts';
import { type FilePlace, type PostedFile, refuseFile, type TakeFileDeps, takeFile } from './take-file.ts';

const PARALLEL = 4;
/** No download begins after this; what is left is for the next run, so that this one can still answer. */
const TAKING_MS = 120_000;

export interface LoadFilesDeps extends TakeFileDeps {
  facts: FileFacts;
  log: Log;
}

/** A file that the model is not given, for a `data-file` chunk. */
export interface RefusedFile {
  fileId: string;
  name: string;
  reason: string;
}

/**
 * What the files of a conversation's posts are to the model, by their ids: downloaded once and kept with the session
 * (capability 56). Per run one query, the downloads of files that are new, and one read of each file that the request
 * holds; without any file in the posts nothing is read at all.
 *
 * When `deps.signal` is aborted it returns at once with what there is; what was not looked at is tried by the next
 * run.
 *
 * @param place the turn; `recovered` says that the run before this one broke off and may not have told what it refused
 * @param records the loaded history; limits of one request count for what is in it
 * @returns `refused`: what people have to be told of, that is what this run looked at first
 * @throws what table and bucket throw while a new file is stored
 */
export async function loadFiles(
  deps: LoadFilesDeps,
  place: FilePlace & { recovered?: boolean },
  records: readonly MessageRecord[],
): Promise<{ files: Map<string, FileContent>; refused: RefusedFile[] }> {
  const posted = filesOf(records);
  if (posted.length === 0) return { files: new Map(), refused: [] };
  const known = await knownFiles(deps, place.sessionId);
  const fresh = await takeNew(deps, place, posted, known);
  // Newest first, for what does not fit is what is oldest.
  const looked = posted.flatMap(({ reference }) => known.get(reference.id) ?? []).reverse();
  const plans = planFiles(looked, deps.facts);
  const files = new Map<string, FileContent>();
  const refused: RefusedFile[] = [];
  await inParallel(looked, async (record) => {
    if (deps.signal.aborted) return;
    files.set(record.fileId, await contentOf(deps, record, plans.get(record.fileId)));
  });
  for (const { fileId, turnId } of looked.toReversed()) {
    const content = files.get(fileId);
    const untold = fresh.has(fileId) || (place.recovered === true && turnId === place.turnId);
    if (content?.kind === 'refused' && untold)
      refused.push({ fileId, name: content.name, reason: content.reason });
  }
  return { files, refused };
}

/** In the order of the posts; a file that was posted again counts where it was posted last. */
function filesOf(records: readonly MessageRecord[]): PostedFile[] {
  const found = new Map<string, PostedFile>();
  for (const { post } of records) {
    for (const reference of post?.files ?? []) {
      found.delete(reference.id);
      if (post) found.set(reference.id, { reference, post });
    }
  }
  return [...found.values()];
}

async function knownFiles({ store }: LoadFilesDeps, sessionId: string): Promise<Map<string, FileRecord>> {
  const stored = await store.query<FileRecord>({ pk: keys.session(sessionId).pk, prefix: 'FILE#' });
  return new Map(stored.map((record) => [record.fileId, record]));
}

/**
 * Takes what is not known yet, in the order of the posts and never more at once than the session has places for.
 *
 * @returns the ids of what this run looked at
 */
async function takeNew(
  deps: LoadFilesDeps,
  place: FilePlace,
  posted: readonly PostedFile[],
  known: Map<string, FileRecord>,
): Promise<Set<string>> {
  const waiting = posted.filter(({ reference }) => !known.has(reference.id));
  const fresh = new Set<string>();
  const began = deps.now();
  while (waiting.length > 0 && !deps.signal.aborted && deps.now() - began < TAKING_MS) {
    const stored = [...known.values()].filter(({ status }) => status === 'stored').length;
    const room = deps.limits.filesPerSession - stored;
    const wave = waiting.splice(0, room > 0 ? Math.min(room, PARALLEL) : PARALLEL);
    await Promise.all(
      wave.map(async (file) => {
        const record =
          room > 0 ? await unlessAborted(deps, place, file) : await refuseFile(deps, place, file);
        if (!record) return;
        known.set(record.fileId, record);
        fresh.add(record.fileId);
      }),
    );
  }
  return fresh;
}

async function unlessAborted(
  deps: LoadFilesDeps,
  place: FilePlace,
  file: PostedFile,
): Promise<FileRecord | undefined> {
  try {
    return await takeFile(deps, place, file);
  } catch (error) {
    if (deps.signal.aborted) return undefined;
    throw error;
  }
}

async function contentOf(
  { bodies, log }: LoadFilesDeps,
  { name, key, mediaType, sessionId, fileId }: FileRecord,
  plan: FilePlan | undefined,
): Promise<FileContent> {
  const refuse = (reason: string): FileContent => ({ kind: 'refused', name, reason });
  if (!plan?.show) return refuse(plan?.reason ?? unreadableNow(name));
  let data: Uint8Array;
  try {
    data = await bodies.getBytes(key ?? '');
  } catch (error) {
    // One file that cannot be read is no reason to answer nothing at all.
    log.warn('a stored file could not be read', { sessionId, fileId, error });
    return refuse(unreadableNow(name));
  }
  if (mediaType === 'application/pdf') return { kind: 'pdf', data, name };
  if (!mediaType.startsWith('text/')) return { kind: 'image', mediaType, data };
  const sniffed = sniffFile(data);
  if (sniffed.type === 'text') return { kind: 'text', name, text: cutText(sniffed.text, TEXT_CHARS) };
  return refuse(
    sniffed.type === 'image' || sniffed.type === 'pdf' ? unreadableNow(name) : reasonOfKind(name, sniffed),
  );
}

async function inParallel<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const waiting = [...items];
  const worker = async () => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: PARALLEL }, worker));
}
