import { formatTs, parseTs } from '../ids.ts';
import type { App, Channel, Installation, Message, Person, Workspace } from './types.ts';

/** All that exists in the simulated Slack. Lookups only; rules are elsewhere. */
export class World {
  readonly workspaces = new Map<string, Workspace>();
  readonly people = new Map<string, Person>();
  readonly apps = new Map<string, App>();
  readonly installations: Installation[] = [];
  readonly channels = new Map<string, Channel>();
  readonly #messages = new Map<string, Message[]>();
  readonly #lastMicros = new Map<string, number>();

  /** The next message timestamp of a channel: unique in it and always later than the one before. */
  nextTs(channelId: string, now: number): string {
    const moment = now * 1000 + Math.floor(Math.random() * 1000);
    const micros = Math.max(moment, (this.#lastMicros.get(channelId) ?? 0) + 1);
    this.#lastMicros.set(channelId, micros);
    return formatTs(micros);
  }

  add(message: Message): void {
    const list = this.#messages.get(message.channel);
    if (list) list.push(message);
    else this.#messages.set(message.channel, [message]);
  }

  remove(message: Message): void {
    const list = this.#messages.get(message.channel) ?? [];
    const index = list.indexOf(message);
    if (index >= 0) list.splice(index, 1);
  }

  /** Messages of a channel, oldest first; ephemeral ones only when asked for. */
  messages(channelId: string, with_: { ephemeral?: boolean } = {}): Message[] {
    const list = this.#messages.get(channelId) ?? [];
    return with_.ephemeral ? [...list] : list.filter((message) => message.ephemeralFor === undefined);
  }

  allMessages(): Message[] {
    return [...this.#messages.values()].flat();
  }

  message(channelId: string, ts: string): Message | undefined {
    return this.messages(channelId, { ephemeral: true }).find((message) => message.ts === ts);
  }

  /** A thread's parent and its replies, oldest first. */
  thread(channelId: string, threadTs: string): Message[] {
    return this.messages(channelId)
      .filter((message) => message.ts === threadTs || message.threadTs === threadTs)
      .sort((a, b) => parseTs(a.ts) - parseTs(b.ts));
  }

  /** Forgets messages; channels keep their last timestamp, so no timestamp is ever given twice. */
  clearMessages(): void {
    this.#messages.clear();
  }

  clearAll(): void {
    this.clearMessages();
    this.workspaces.clear();
    this.people.clear();
    this.apps.clear();
    this.installations.length = 0;
    this.channels.clear();
  }

  installationByToken(token: string): Installation | undefined {
    return this.installations.find((one) => one.botToken === token);
  }

  /** Installations whose bot is a member of the channel. */
  installationsIn(channel: Channel): Installation[] {
    return this.installations.filter((one) => !one.revoked && channel.members.has(one.botUserId));
  }

  /** The DM between a person and an app's bot. */
  dm(personId: string, botUserId: string): Channel | undefined {
    return [...this.channels.values()].find(
      (channel) => channel.kind === 'im' && channel.members.has(personId) && channel.members.has(botUserId),
    );
  }
}
