import { formatTs } from '../ids.ts';
import type { Code, RefreshToken, Token } from '../oauth/types.ts';
import { MessageStore } from './message-store.ts';
import type {
  App,
  Channel,
  Enterprise,
  Installation,
  Message,
  Person,
  UserGroup,
  Workspace,
} from './types.ts';

/** All that exists in the simulated Slack. Lookups only; rules are elsewhere. */
export class World {
  readonly enterprises = new Map<string, Enterprise>();
  readonly workspaces = new Map<string, Workspace>();
  readonly people = new Map<string, Person>();
  readonly userGroups = new Map<string, UserGroup>();
  readonly apps = new Map<string, App>();
  readonly installations: Installation[] = [];
  readonly channels = new Map<string, Channel>();
  /** Access tokens by their text, dead ones included. */
  readonly tokens = new Map<string, Token>();
  readonly refreshTokens = new Map<string, RefreshToken>();
  /** Codes of the authorize page by their text. */
  readonly codes = new Map<string, Code>();
  readonly #messages = new MessageStore();
  readonly #lastMicros = new Map<string, number>();

  /** The next message timestamp of a channel: unique in it and always later than the one before. */
  nextTs(channelId: string, now: number): string {
    const moment = now * 1000 + Math.floor(Math.random() * 1000);
    const micros = Math.max(moment, (this.#lastMicros.get(channelId) ?? 0) + 1);
    this.#lastMicros.set(channelId, micros);
    return formatTs(micros);
  }

  add(message: Message): void {
    this.#messages.add(message);
  }

  remove(message: Message): void {
    this.#messages.remove(message);
  }

  /** Messages of a channel, oldest first, as a new list; ephemeral ones only when asked for. */
  messages(channelId: string, with_: { ephemeral?: boolean } = {}): Message[] {
    return this.#messages.in(channelId, { ephemeral: with_.ephemeral ?? false });
  }

  allMessages(): Message[] {
    return this.#messages.all();
  }

  message(channelId: string, ts: string): Message | undefined {
    return this.#messages.get(channelId, ts);
  }

  /** A thread's parent, unless it is gone, and its replies, oldest first; no ephemeral ones. */
  thread(channelId: string, threadTs: string): Message[] {
    const parent = this.message(channelId, threadTs);
    const replies = this.replies(channelId, threadTs);
    return parent && parent.ephemeralFor === undefined ? [parent, ...replies] : [...replies];
  }

  /** The replies to a message, oldest first, without ephemeral ones; for reading only. */
  replies(channelId: string, threadTs: string): readonly Message[] {
    return this.#messages.replies(channelId, threadTs);
  }

  /** Forgets messages; channels keep their last timestamp, so no timestamp is ever given twice. */
  clearMessages(): void {
    this.#messages.clear();
  }

  clearAll(): void {
    this.clearMessages();
    this.enterprises.clear();
    this.workspaces.clear();
    this.people.clear();
    this.userGroups.clear();
    this.apps.clear();
    this.installations.length = 0;
    this.channels.clear();
    this.tokens.clear();
    this.refreshTokens.clear();
    this.codes.clear();
  }

  /** The installation that a token belongs to; for an org-wide one that of the first workspace. */
  installationByToken(token: string): Installation | undefined {
    const found = this.tokens.get(token);
    return found && this.installationsOf(found)[0];
  }

  /** An app's places in a workspace, or org-wide in an organisation; uninstalled ones included. */
  installationsOf(of: Pick<Token, 'appId' | 'teamId' | 'enterpriseId'>): Installation[] {
    return this.installations.filter(
      (one) =>
        one.appId === of.appId &&
        (of.teamId === null
          ? one.isEnterpriseInstall && one.enterpriseId === of.enterpriseId
          : one.teamId === of.teamId && !one.isEnterpriseInstall),
    );
  }

  /** Whether a channel belongs to a workspace or is shared with it. */
  sees(teamId: string, channel: Channel): boolean {
    return channel.teamId === teamId || channel.sharedWith.includes(teamId);
  }

  /**
   * Installations whose bot is a member of the channel: one for each bot, that of the channel's own workspace where
   * the app is there, so that an org-wide app hears of a shared channel once.
   */
  installationsIn(channel: Channel): Installation[] {
    const found = this.installations
      .filter((one) => !one.revoked && channel.members.has(one.botUserId) && this.sees(one.teamId, channel))
      .sort((a, b) => Number(b.teamId === channel.teamId) - Number(a.teamId === channel.teamId));
    return found.filter((one, at) => found.findIndex((other) => other.botUserId === one.botUserId) === at);
  }

  /** The channel of an id; that of a person stands for the DM with a bot. */
  conversation(id: string, botUserId: string): Channel | undefined {
    return this.channels.get(id) ?? (this.people.has(id) ? this.dm(id, botUserId) : undefined);
  }

  /** The DM between a person and an app's bot. */
  dm(personId: string, botUserId: string): Channel | undefined {
    return [...this.channels.values()].find(
      (channel) => channel.kind === 'im' && channel.members.has(personId) && channel.members.has(botUserId),
    );
  }
}
