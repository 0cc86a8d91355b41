import type { CallRecord } from '../api/call-log.ts';
import type { DeliveryRecord } from '../events/delivery-log.ts';
import type { Token } from '../oauth/types.ts';
import type { OfferedPrompts } from '../prompts.ts';
import type { Session } from '../sessions.ts';
import type { Stream } from '../streaming/types.ts';
import type {
  App,
  Channel,
  Enterprise,
  Installation,
  Message,
  Person,
  UserGroup,
  Workspace,
} from '../world/types.ts';
import type { AdminView, PersonViews, ViewCondition } from './views-types.ts';

/** A message as the admin API shows it: all that is stored, with what no app may see. */
export type AdminMessage = Omit<Message, 'stream'> & {
  /** Text of all blocks and cards together, for searching. */
  visibleText: string;
  /** Whether the blocks hold something that can be pressed. */
  actionIds: string[];
  streamingState?: Stream['state'];
  stream?: Pick<Stream, 'mode' | 'display' | 'startedAt' | 'stoppedByUser' | 'planTitle' | 'markdown'> & {
    recipientUser: string | null;
    /** Only this person sees it grow, see `visibleStream`; null: everybody. */
    liveFor: string | null;
    cards: Stream['cards'];
    /** Bytes as §1.9 counts them. */
    bytes: number;
  };
};

export type AdminChannel = Omit<Channel, 'members'> & { members: string[] };

export type AdminState = {
  url: string;
  clock: { now: number; offsetMs: number; frozen: boolean };
  enterprises: Enterprise[];
  workspaces: Workspace[];
  userGroups: UserGroup[];
  /** Access tokens, dead ones included. */
  tokens: Token[];
  apps: App[];
  installations: Installation[];
  people: Person[];
  channels: AdminChannel[];
  /** Every message and ephemeral, oldest first. */
  messages: AdminMessage[];
  sessions: Session[];
  /** Suggested prompts that apps set, by channel (§10.2). */
  prompts: Record<string, OfferedPrompts>;
  /** People with a modal open or a home. */
  views: PersonViews[];
};

/** What `/_admin/wait` can wait for; every given member must hold. */
export type WaitCondition =
  | MessageCondition
  | CallCondition
  | DeliveryCondition
  | ViewCondition
  | { kind: 'session'; channel: string; thread_ts: string; status: string };

export type MessageCondition = {
  kind: 'message';
  channel?: string | undefined;
  thread_ts?: string | undefined;
  ts?: string | undefined;
  /** A text that the message shows, anywhere: body, cards, buttons. */
  textIncludes?: string | undefined;
  /** A regular expression over the same text. */
  textMatches?: string | undefined;
  streaming_state?: 'in_progress' | 'completed' | 'errored' | undefined;
  /** `true`: was not streamed. */
  notStreamed?: boolean | undefined;
  hasActionId?: string | undefined;
  /** No element that can be pressed is left. */
  noActions?: boolean | undefined;
  fromBot?: boolean | undefined;
  user?: string | undefined;
  ephemeralFor?: string | undefined;
  /** Only messages after this timestamp. */
  after?: string | undefined;
  /** How many messages must match; default 1. 0: none may match (any more). */
  count?: number | undefined;
};

export type CallCondition = {
  kind: 'call';
  method?: string | undefined;
  channel?: string | undefined;
  ok?: boolean | undefined;
  error?: string | undefined;
  /** A text in the arguments as JSON. */
  argsInclude?: string | undefined;
  /** Only calls after this id. */
  after?: number | undefined;
  count?: number | undefined;
};

export type DeliveryCondition = {
  kind: 'delivery';
  type?: string | undefined;
  state?: DeliveryRecord['state'] | undefined;
  attempts?: number | undefined;
  after?: number | undefined;
  count?: number | undefined;
};

export type WaitResult = {
  messages?: AdminMessage[];
  calls?: CallRecord[];
  deliveries?: DeliveryRecord[];
  session?: Session;
  views?: AdminView[];
};

/** One answer to `/_admin/deliver`. */
export type RawAnswer = {
  status: number | null;
  durationMs: number;
  failure: string | null;
  answer: string | null;
};
