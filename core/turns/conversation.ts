import type { ModelMessage } from 'ai';
import type { FileContent } from '../files/content.ts';
import { healMessage } from '../models/heal-message.ts';
import { toModelMessages } from '../models/messages.ts';
import type { MessageRecord } from '../sessions/record.ts';

/**
 * What a run knows of its session's history: the records as they are stored, and the same as the model reads them.
 * What comes behind is converted by itself, so a step's cost does not grow with the history; what the model has read
 * before stays as it was, so that a provider can reuse it.
 */
export class Conversation {
  #files: ReadonlyMap<string, FileContent>;
  #records: MessageRecord[];
  #messages: ModelMessage[];

  /** @param openCalls calls that are being answered now: they get no synthetic result */
  constructor(
    records: readonly MessageRecord[],
    files: ReadonlyMap<string, FileContent> = new Map(),
    openCalls: ReadonlySet<string> = new Set(),
  ) {
    this.#files = files;
    this.#records = [...records];
    this.#messages = toModelMessages(records, { files, openCalls });
  }

  get records(): readonly MessageRecord[] {
    return this.#records;
  }

  get messages(): readonly ModelMessage[] {
    return this.#messages;
  }

  /** Takes over what is known of files by now; what the model has read stays as it was until it is told anew. */
  takeFiles(files: ReadonlyMap<string, FileContent>): void {
    this.#files = files;
  }

  /** What the model reads with these records behind the others. */
  with(records: readonly MessageRecord[]): readonly ModelMessage[] {
    if (records.length === 0) return this.#messages;
    // A person's post is read in the light of who wrote before.
    if (records.some((record) => record.post))
      return toModelMessages([...this.#records, ...records], {
        files: this.#files,
        openCalls: callIdsOf(records.at(-1)),
      });
    return [...this.#messages, ...records.flatMap((record) => healMessage(record.message))];
  }

  /** Takes over what was stored. */
  add(records: readonly MessageRecord[]): void {
    this.#messages = [...this.with(records)];
    this.#records.push(...records);
  }

  /** Begins anew, with a summary in place of what was there. */
  replace(records: readonly MessageRecord[]): void {
    this.#records = [...records];
    this.#messages = toModelMessages(records, { files: this.#files });
  }
}

/** The calls that the last answer asks for; their results come next. */
function callIdsOf(record: MessageRecord | undefined): Set<string> {
  const message = record?.message as ModelMessage | undefined;
  if (message?.role !== 'assistant' || typeof message.content === 'string') return new Set();
  return new Set(
    message.content.filter((part) => part.type === 'tool-call').map(({ toolCallId }) => toolCallId),
  );
}
