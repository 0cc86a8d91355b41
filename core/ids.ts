import { createHash } from 'node:crypto';

/** Names a Slack thread's conversation: the same `thread_ts` in two channels is two sessions (case G-5). */
export interface ThreadAddress {
  appId: string;
  installationId: string;
  channel: string;
  threadTs: string;
}

/** Names one post that asks for a turn. */
export interface MessageAddress {
  appId: string;
  installationId: string;
  channel: string;
  messageTs: string;
}

/** 128 bits of SHA-256 over the parts, in lower-case hex: safe in execution names, keys and button values. */
function digest(parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
}

/** Session id: one per app, installation, channel and thread. */
export function sessionIdOf(thread: ThreadAddress): string {
  return `s${digest([thread.appId, thread.installationId, thread.channel, thread.threadTs])}`;
}

/**
 * Turn id: one per app, installation, channel and message, so that `message` and `app_mention` of one post and
 * all their deliveries name the same turn (case G-30), while two apps mentioned in one post have two (S-12).
 */
export function turnIdOf(message: MessageAddress): string {
  return `t${digest([message.appId, message.installationId, message.channel, message.messageTs])}`;
}

/** Pause id: a turn pauses at most once per step, so a repeated commit names the same pause. */
export function pauseIdOf(turnId: string, step: number): string {
  return `p${digest([turnId, String(step)])}`;
}

/**
 * Step Functions execution name of a turn's epoch (at most 80 characters of letters, digits and `-`).
 * A name is taken for 90 days, so a restart needs a higher epoch.
 */
export function executionNameOf(turnId: string, epoch: number): string {
  return `${turnId}-${epoch}`;
}

/** The inverse of `executionNameOf`; undefined for a name that is not ours. */
export function parseExecutionName(name: string): { turnId: string; epoch: number } | undefined {
  const match = /^(t[0-9a-f]{32})-(\d{1,9})$/.exec(name);
  return match?.[1] && match[2] ? { turnId: match[1], epoch: Number(match[2]) } : undefined;
}
