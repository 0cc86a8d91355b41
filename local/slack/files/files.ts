import { Timers } from '../events/timers.ts';
import { hex, newId } from '../ids.ts';
import type { Simulator } from '../simulator.ts';
import { fileKind } from './mime.ts';
import type { PendingUpload, SlackFile, StoredFile } from './types.ts';

/** The bytes do not fit any more: `filesMaxBytes` is reached. */
export class FilesFull extends Error {}

/** Uploaded files, in memory: promised ones by their upload URL, stored ones by id (§11). */
export class Files {
  readonly #sim: Simulator;
  readonly #pending = new Map<string, PendingUpload>();
  readonly #stored = new Map<string, StoredFile>();
  readonly #timers: Timers;
  #bytes = 0;

  constructor(sim: Simulator) {
    this.#sim = sim;
    this.#timers = new Timers(sim.clock);
  }

  /** Promises an upload; the path of its URL is below the simulator's own address. */
  promise(given: Omit<PendingUpload, 'id' | 'bytes'>): { path: string; upload: PendingUpload } {
    const upload = { ...given, id: newId('F'), bytes: null };
    const path = `/upload/v1/${hex(48)}`;
    this.#pending.set(path, upload);
    return { path, upload };
  }

  promised(path: string): PendingUpload | undefined {
    return this.#pending.get(path);
  }

  promisedById(id: string): PendingUpload | undefined {
    return [...this.#pending.values()].find((upload) => upload.id === id);
  }

  /** How many bytes still fit. */
  room(): number {
    return this.#sim.options.filesMaxBytes - this.#bytes;
  }

  /** Takes the bytes of a promised upload; sent again they replace the former ones. @throws FilesFull */
  receive(upload: PendingUpload, bytes: Uint8Array<ArrayBuffer>): void {
    this.#count(bytes.length - (upload.bytes?.length ?? 0));
    upload.bytes = bytes;
  }

  /** Makes a file of a promised upload whose bytes have come; its URL is no good any more. */
  finish(upload: PendingUpload, bytes: Uint8Array<ArrayBuffer>, title: string | undefined): StoredFile {
    for (const [path, one] of this.#pending) if (one === upload) this.#pending.delete(path);
    const { id, name, teamId, appId, botUserId, altText } = upload;
    const file = this.#file({ id, name, title, user: botUserId, teamId, size: bytes.length, altText });
    return this.#store({ file, bytes, teamId, appId, shares: [] });
  }

  /** A file that a person uploads. @throws FilesFull */
  add(given: { name: string; bytes: Uint8Array<ArrayBuffer>; user: string; teamId: string }): StoredFile {
    this.#count(given.bytes.length);
    const { name, bytes, user, teamId } = given;
    const file = this.#file({ id: newId('F'), name, user, teamId, size: bytes.length });
    return this.#store({ file, bytes, teamId, appId: null, shares: [] });
  }

  get(id: string): StoredFile | undefined {
    return this.#stored.get(id);
  }

  /** Oldest first. */
  all(): StoredFile[] {
    return [...this.#stored.values()];
  }

  /** Forgets a file and its bytes; messages that carry it lose it. */
  remove(stored: StoredFile): void {
    if (!this.#stored.delete(stored.file.id)) return;
    this.#bytes -= stored.bytes.length;
    for (const { channel, ts } of stored.shares) {
      const message = this.#sim.world.message(channel, ts);
      if (!message?.files) continue;
      message.files = message.files.filter((file) => file.id !== stored.file.id);
      this.#sim.changes.emit({ type: 'message', message });
    }
  }

  /** Does something after the answer: sharing is asynchronous (§11). */
  later(run: () => void): void {
    this.#timers.later(this.#sim.options.fileShareDelayMs, run);
  }

  clear(): void {
    this.#timers.clear();
    this.#pending.clear();
    this.#stored.clear();
    this.#bytes = 0;
  }

  #count(bytes: number): void {
    if (bytes > this.room()) {
      const { filesMaxBytes } = this.#sim.options;
      throw new FilesFull(
        `All files together may have ${filesMaxBytes} bytes, as they are kept in memory: delete files, reset, or raise the option filesMaxBytes.`,
      );
    }
    this.#bytes += bytes;
  }

  #store(stored: StoredFile): StoredFile {
    this.#stored.set(stored.file.id, stored);
    return stored;
  }

  #file(given: {
    id: string;
    name: string;
    title?: string | undefined;
    user: string;
    teamId: string;
    size: number;
    altText?: string | undefined;
  }): SlackFile {
    const { id, name, title, user, teamId, size, altText } = given;
    const created = Math.floor(this.#sim.clock.now() / 1000);
    const base = `${this.#sim.url}/files-pri/${teamId}-${id}`;
    const tail = encodeURIComponent(name.toLowerCase().replaceAll(/[^\w.-]+/g, '_'));
    return {
      id,
      name,
      title: title ?? name,
      ...fileKind(name),
      size,
      created,
      timestamp: created,
      user,
      user_team: teamId,
      mode: 'hosted',
      is_external: false,
      is_public: false,
      editable: false,
      url_private: `${base}/${tail}`,
      url_private_download: `${base}/download/${tail}`,
      permalink: `${this.#sim.url}/files/${user}/${id}/${tail}`,
      ...(altText === undefined ? {} : { alt_txt: altText }),
    };
  }
}
