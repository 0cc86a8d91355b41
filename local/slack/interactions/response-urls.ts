import type { Clock } from '../clock.ts';
import { hex } from '../ids.ts';
import type { Channel, Installation, Message } from '../world/types.ts';
import { dropOldest } from './drop-oldest.ts';

/** A response_url works for 30 minutes and five times (§5). */
const LIFETIME_MS = 30 * 60_000;
const MAX_USES = 5;
/** So many are remembered, to tell an old one from one that never was. */
const KEPT = 10_000;

/** What it was given for: each kind has its own path on Slack's host (§5). */
export type ResponseUrlKind = 'actions' | 'app' | 'commands';

/** Where an answer goes. */
export type ResponseTarget = {
  installation: Installation;
  channel: Channel;
  user: string;
  /** The message that the interaction was in; without one there is nothing to replace or delete (§5). */
  message?: Message;
};

export type ResponseUrl = ResponseTarget & { kind: ResponseUrlKind; at: number; uses: number };

/** The response_urls that were given out. */
export class ResponseUrls {
  readonly #clock: Clock;
  readonly #urls = new Map<string, ResponseUrl>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The path of a new one, below the simulator's own address: it does not follow `slackApiUrl` (§5). */
  create(kind: ResponseUrlKind, given: ResponseTarget): string {
    dropOldest(this.#urls, KEPT);
    const path = `/${kind}/${given.installation.teamId}/${this.#clock.now()}/${hex(24)}`;
    this.#urls.set(path, { ...given, kind, at: this.#clock.now(), uses: 0 });
    return path;
  }

  /** Uses one once more; `expired_url` and `used_url` as Slack answers. */
  use(path: string): ResponseUrl | 'expired_url' | 'used_url' | 'invalid_url' {
    const found = this.#urls.get(path);
    if (!found) return 'invalid_url';
    if (this.#clock.now() - found.at > LIFETIME_MS) return 'expired_url';
    if (found.uses >= MAX_USES) return 'used_url';
    found.uses += 1;
    return found;
  }

  clear(): void {
    this.#urls.clear();
  }
}
