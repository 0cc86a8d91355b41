import type { JsonObject } from '../json.ts';
import type { Stream } from '../streaming/types.ts';

export type Workspace = { id: string; name: string; domain: string };

export type Person = {
  id: string;
  teamId: string;
  /** The handle, as in `@requester`. */
  name: string;
  displayName: string;
  /** IANA name, e.g. `Europe/Berlin`. */
  timeZone: string;
  deleted: boolean;
  isGuest: boolean;
  isBot: boolean;
};

export type App = {
  id: string;
  name: string;
  /** Declared as an agent: streams create sessions (§1.10). */
  isAgent: boolean;
  signingSecret: string;
  verificationToken: string;
  eventsUrl: string | null;
  interactionsUrl: string | null;
  /** Bot events it subscribed to, e.g. `app_mention`, `message.channels`. */
  subscriptions: string[];
};

/** One app in one workspace. */
export type Installation = {
  appId: string;
  teamId: string;
  botUserId: string;
  botId: string;
  botToken: string;
  scopes: string[];
  revoked: boolean;
};

export type ChannelKind = 'channel' | 'group' | 'im';

export type Channel = {
  id: string;
  teamId: string;
  kind: ChannelKind;
  name: string;
  members: Set<string>;
  archived: boolean;
  extShared: boolean;
};

/** A stored block: always with its `type`; `block_id` is filled in where the app gave none. */
export type Block = JsonObject & { type: string };

export type MessageMetadata = { event_type: string; event_payload: JsonObject };

export type Message = {
  channel: string;
  ts: string;
  threadTs?: string;
  user: string;
  teamId: string;
  text: string;
  blocks: Block[];
  /** `text`: the blocks were made from the text, so an update of the text replaces them. */
  blocksFrom: 'text' | 'app';
  botId?: string;
  appId?: string;
  clientMsgId?: string;
  username?: string;
  subtype?: string;
  broadcast?: boolean;
  metadata?: MessageMetadata;
  edited?: { user: string; ts: string };
  reactions?: { name: string; users: string[] }[];
  /** Set on a message that was streamed (§1). */
  stream?: Stream;
  /** Set on a message that only this person sees (chat.postEphemeral). */
  ephemeralFor?: string;
};

/** What `agents.sessions.setStatus` may set (§10.1). */
export type SessionStatus = 'active' | 'processing' | 'suspended' | 'closed';
