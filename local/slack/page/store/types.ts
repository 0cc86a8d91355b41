import type { PageCall } from '../../admin/page-call.ts';
import type { PageDelivery } from '../../admin/page-delivery.ts';
import type { PageMessage } from '../../admin/page-message.ts';
import type { AdminChannel, AdminState as WholeState } from '../../admin/types.ts';
import type { AdminView, PersonViews } from '../../admin/views-types.ts';
import type { ActiveFault } from '../../faults/faults.ts';
import type { Session } from '../../sessions.ts';

export type { Session } from '../../sessions.ts';
export type {
  App,
  Installation,
  Person,
  Shortcut,
  SlashCommand,
  UserGroup,
  Workspace,
} from '../../world/types.ts';
export type {
  AdminChannel as Channel,
  AdminView,
  PageCall,
  PageDelivery,
  PageMessage as Message,
  PersonViews,
};

/** What the admin API gives to the page (`?for=page`). */
export type AdminState = Omit<WholeState, 'messages'> & { messages: PageMessage[] };

/** One entry of the feed's batch; `world` says: load everything again. */
export type FeedItem =
  | { type: 'message'; data: PageMessage }
  | { type: 'message_deleted'; data: { channel: string; ts: string } }
  | { type: 'call'; data: PageCall }
  | { type: 'delivery'; data: PageDelivery }
  | { type: 'session'; data: Session }
  | { type: 'faults'; data: ActiveFault[] }
  | { type: 'view'; data: PersonViews }
  | { type: 'world'; data: unknown };

/** Messages of one channel. The lists hold timestamps, oldest first, and are replaced when they change. */
export type ChannelMessages = {
  byTs: Map<string, PageMessage>;
  /** What stands in the channel itself: no replies unless they were sent to the channel too. */
  top: string[];
  /** By the parent's timestamp: the replies. */
  replies: Map<string, string[]>;
  /** What only one person sees; changed in place. */
  ephemeral: Set<string>;
  /** What streams now; changed in place. */
  streaming: Set<string>;
};
