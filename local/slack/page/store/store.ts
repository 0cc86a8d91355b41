import { create } from 'zustand';
import type { ActiveFault } from '../../faults/faults.ts';
import { dropMessage, emptyChannel, putMessage } from './messages.ts';
import type { Place } from './place.ts';
import type {
  AdminState,
  App,
  Channel,
  ChannelMessages,
  FeedItem,
  Installation,
  PageCall,
  PageDelivery,
  Person,
  PersonViews,
  Session,
  Workspace,
} from './types.ts';

/**
 * What the page knows, and who looks at what (`Place`). Everything is kept up to date by the simulator's feed, in batches:
 * Maps are changed in place and one `set` tells all subscribers, so that a burst of a hundred events is one drawing.
 * A selector must therefore return a member (a message, a list), never a whole Map.
 */
export type PageStore = {
  ready: boolean;
  connected: boolean;
  /** Counts up with every batch: for selectors that compute over Maps. */
  version: number;
  url: string;
  /** Simulator's clock minus this machine's, in milliseconds. */
  clockOffsetMs: number;
  workspaces: Workspace[];
  people: Map<string, Person>;
  channels: Map<string, Channel>;
  apps: Map<string, App>;
  installations: Installation[];
  /** All that the admin API gave at the last load, for what has no member of its own here. */
  state: AdminState | undefined;
  messages: Map<string, ChannelMessages>;
  sessions: Map<string, Session>;
  /** By person: what modals and homes are on their screen. */
  views: Map<string, PersonViews>;
  calls: PageCall[];
  deliveries: PageDelivery[];
  /** When the page was first loaded, as a timestamp: all that is older counts as read. */
  loadedTs: string;
  /** By `user/channel`: until when it was read. Changed in place. */
  lastRead: Map<string, string>;
  /** Until when the open channel had been read as it was opened; empty when nothing was new. */
  newSince: string;
  /** Whether `newSince` is of the place that is open. */
  entered: boolean;
  /** Ephemeral messages that were put away: `channel/ts`. */
  dismissed: ReadonlySet<string>;
  /**
   * The message that "Show message" in the panel points at: draw it marked and bring it into view. The panel sets it
   * after going there and takes it away after three seconds.
   */
  highlight: { channel: string; ts: string } | undefined;
  /** The faults that are switched on; the panel loads them, the feed keeps them. */
  faults: ActiveFault[];
} & Place;

export const useStore = create<PageStore>(() => ({
  ready: false,
  connected: false,
  version: 0,
  url: '',
  clockOffsetMs: 0,
  workspaces: [],
  people: new Map(),
  channels: new Map(),
  apps: new Map(),
  installations: [],
  state: undefined,
  messages: new Map(),
  sessions: new Map(),
  views: new Map(),
  calls: [],
  deliveries: [],
  loadedTs: '',
  lastRead: new Map(),
  newSince: '',
  entered: false,
  dismissed: new Set(),
  user: '',
  channel: '',
  thread: '',
  home: '',
  target: '',
  highlight: undefined,
  faults: [],
}));

/** Entries of the log that the page keeps. */
const KEPT = 600;

export const sessionKey = (channel: string, threadTs: string): string => `${channel}/${threadTs}`;

/** Everything anew, as the admin API gives it. */
export function replaceState(state: AdminState, calls: PageCall[], deliveries: PageDelivery[]): void {
  const messages = new Map<string, ChannelMessages>();
  for (const message of state.messages) putMessage(channelOf(messages, message.channel), message);
  useStore.setState(({ version, loadedTs }) => ({
    ready: true,
    loadedTs: loadedTs === '' ? `${(state.clock.now / 1000).toFixed(3)}000` : loadedTs,
    version: version + 1,
    state,
    url: state.url,
    clockOffsetMs: state.clock.now - Date.now(),
    workspaces: state.workspaces,
    people: new Map(state.people.map((one) => [one.id, one])),
    channels: new Map(state.channels.map((one) => [one.id, one])),
    apps: new Map(state.apps.map((one) => [one.id, one])),
    installations: state.installations,
    messages,
    sessions: new Map(state.sessions.map((one) => [sessionKey(one.channel, one.threadTs), one])),
    views: new Map(state.views.map((one) => [one.user, one])),
    calls: calls.slice(-KEPT),
    deliveries: deliveries.slice(-KEPT),
  }));
}

/** Puts an ephemeral message away, as Slack's "Dismiss message" does: for this visit only. */
export function dismiss(channel: string, ts: string): void {
  useStore.setState(({ dismissed }) => ({ dismissed: new Set([...dismissed, `${channel}/${ts}`]) }));
}

/** Applies a batch of the feed in one go. Returns whether the world changed and must be loaded again. */
export function applyBatch(items: FeedItem[]): boolean {
  const now = useStore.getState();
  const calls: PageCall[] = [];
  let { deliveries } = now;
  let reload = false;
  for (const item of items) {
    switch (item.type) {
      case 'message':
        putMessage(channelOf(now.messages, item.data.channel), item.data);
        break;
      case 'message_deleted':
        dropMessage(channelOf(now.messages, item.data.channel), item.data.ts);
        break;
      case 'session':
        now.sessions.set(sessionKey(item.data.channel, item.data.threadTs), item.data);
        break;
      case 'view':
        now.views.set(item.data.user, item.data);
        break;
      case 'call':
        // What came while all was loaded is there already.
        if (!now.calls.some((one) => one.id === item.data.id)) calls.push(item.data);
        break;
      case 'delivery':
        deliveries = withDelivery(deliveries, item.data);
        break;
      case 'faults':
        useStore.setState({ faults: item.data });
        break;
      default:
        reload = true;
    }
  }
  useStore.setState({
    version: now.version + 1,
    deliveries,
    ...(calls.length === 0 ? {} : { calls: [...now.calls, ...calls].slice(-KEPT) }),
  });
  return reload;
}

function withDelivery(list: PageDelivery[], delivery: PageDelivery): PageDelivery[] {
  const at = list.findLastIndex((one) => one.id === delivery.id);
  return at < 0 ? [...list, delivery].slice(-KEPT) : list.with(at, delivery);
}

function channelOf(messages: Map<string, ChannelMessages>, id: string): ChannelMessages {
  const known = messages.get(id);
  if (known) return known;
  const created = emptyChannel();
  messages.set(id, created);
  return created;
}
