import type { SlackFile } from '../files/types.ts';
import type { JsonObject } from '../json.ts';
import type { Stream } from '../streaming/types.ts';

/** An organisation (Enterprise Grid): several workspaces with the same people and org-wide apps. */
export type Enterprise = { id: string; name: string; domain: string };

export type Workspace = {
  id: string;
  name: string;
  domain: string;
  /** Absent for a workspace that stands alone. */
  enterpriseId?: string;
};

export type Person = {
  id: string;
  teamId: string;
  /** The handle, as in `@requester`. */
  name: string;
  displayName: string;
  realName: string;
  email: string;
  /** E.g. `en-US`. */
  locale: string;
  title: string;
  isAdmin: boolean;
  /** IANA name, e.g. `Europe/Berlin`. */
  timeZone: string;
  deleted: boolean;
  isGuest: boolean;
  isBot: boolean;
};

export type UserGroup = {
  id: string;
  teamId: string;
  /** As in `@oncall`. */
  handle: string;
  name: string;
  members: string[];
  deleted: boolean;
};

/** A slash command of a manifest (§9). */
export type SlashCommand = {
  /** With its slash. */
  command: string;
  url: string | null;
  description: string;
  usageHint: string;
  /** Mentions and channels in the text come as `<@U…>` and `<#C…>` (§5). */
  shouldEscape: boolean;
};

export type Shortcut = { name: string; type: 'global' | 'message'; callbackId: string; description: string };

export type SuggestedPrompt = { title: string; message: string };

/** Who may install the app; `unlisted` apps are under the non-Marketplace limits of §2. */
export type Distribution = 'internal' | 'marketplace' | 'unlisted';

export type App = {
  id: string;
  name: string;
  /** What its bot user is called; people mention it by this. */
  botName: string;
  description: string;
  /** As it was given; null for an app that was made without one. */
  manifest: JsonObject | null;
  clientId: string;
  clientSecret: string;
  /** An authorize request must name one of them or something below it (§8). */
  redirectUrls: string[];
  /** Scopes of its manifest; an authorize request may ask for others (§8). */
  botScopes: string[];
  userScopes: string[];
  /** Access tokens live 12 hours and come with refresh tokens (§8). */
  tokenRotation: boolean;
  /** May be installed for a whole organisation. */
  orgDeploy: boolean;
  pkce: boolean;
  homeTab: boolean;
  messagesTab: boolean;
  messagesTabReadOnly: boolean;
  commands: SlashCommand[];
  shortcuts: Shortcut[];
  /** Where options of external selects are asked for (`message_menu_options_url`). */
  optionsUrl: string | null;
  suggestedPrompts: SuggestedPrompt[];
  distribution: Distribution;
  /** The setting "Delayed Events": hourly retries for 24 hours (§6). */
  delayedEvents: boolean;
  /** Slack switched deliveries off after too many failures (§6). */
  eventsDisabled: boolean;
  /** Declared as an agent: streams create sessions (§1.10). */
  isAgent: boolean;
  signingSecret: string;
  verificationToken: string;
  eventsUrl: string | null;
  interactionsUrl: string | null;
  /** Bot events it subscribed to, e.g. `app_mention`, `message.channels`. */
  subscriptions: string[];
};

/**
 * One app in one workspace. An org-wide install is one of these per workspace that was granted, with the same bot
 * user, bot id and token.
 */
export type Installation = {
  appId: string;
  teamId: string;
  enterpriseId: string | null;
  isEnterpriseInstall: boolean;
  botUserId: string;
  botId: string;
  /** The current bot token; older ones that still live are in `World.tokens`. Empty when only a person's was asked for. */
  botToken: string;
  scopes: string[];
  /** Who installed it; null for what was there from the start. */
  installedBy: string | null;
  revoked: boolean;
};

export type ChannelKind = 'channel' | 'group' | 'im' | 'mpim';

export type Channel = {
  id: string;
  teamId: string;
  kind: ChannelKind;
  name: string;
  members: Set<string>;
  archived: boolean;
  /** Names it had before, newest first. */
  previousNames: string[];
  topic: string;
  purpose: string;
  /** Seconds since the epoch. */
  created: number;
  creator: string;
  /** Ids of the other workspaces that see it. */
  sharedWith: string[];
  /** One of `sharedWith` belongs to another organisation (Slack Connect). */
  extShared: boolean;
  /** Only admins may post: others get `restricted_action_read_only_channel`. */
  postingRestricted: boolean;
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
  /** A picture given instead of the app's own: `chat:write.customize` (§1.1). */
  icons?: { emoji?: string; image_48?: string };
  subtype?: string;
  broadcast?: boolean;
  metadata?: MessageMetadata;
  edited?: { user: string; ts: string };
  files?: SlackFile[];
  attachments?: JsonObject[];
  reactions?: { name: string; users: string[] }[];
  /** Set on a message that was streamed (§1). */
  stream?: Stream;
  /** Set on a message that only this person sees (chat.postEphemeral). */
  ephemeralFor?: string;
};

/** What `agents.sessions.setStatus` may set (§10.1). */
export type SessionStatus = 'active' | 'processing' | 'suspended' | 'closed';
