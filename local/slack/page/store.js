/** What the page knows, and who looks at what. Everything is kept up to date by the simulator's feed. */
export const store = {
  people: new Map(),
  channels: new Map(),
  apps: new Map(),
  installations: [],
  workspace: undefined,
  messages: new Map(),
  sessions: new Map(),
  calls: [],
  deliveries: new Map(),
  unread: new Map(),
  user: '',
  channel: '',
  thread: '',
};

const listeners = new Set();
let waiting = false;

/** Draws again with the next frame, however often it is called until then. */
export function changed() {
  if (waiting) return;
  waiting = true;
  requestAnimationFrame(() => {
    waiting = false;
    for (const listener of listeners) listener();
  });
}

export function onChange(listener) {
  listeners.add(listener);
}

const keyOf = (message) => `${message.channel}/${message.ts}`;
/** Entries of the log that the page keeps. */
const KEPT = 400;

async function load() {
  const state = await (await fetch('/_admin/state?for=page')).json();
  store.people = new Map(state.people.map((one) => [one.id, one]));
  store.channels = new Map(state.channels.map((one) => [one.id, one]));
  store.apps = new Map(state.apps.map((one) => [one.id, one]));
  store.installations = state.installations;
  store.workspace = state.workspaces[0];
  store.messages = new Map(state.messages.map((one) => [keyOf(one), one]));
  store.sessions = new Map(state.sessions.map((one) => [`${one.channel}/${one.threadTs}`, one]));
  store.calls = (await (await fetch('/_admin/calls')).json()).slice(-KEPT);
  const deliveries = await (await fetch('/_admin/deliveries?for=page')).json();
  store.deliveries = new Map(deliveries.slice(-KEPT).map((one) => [one.id, one]));
  changed();
}

/** Loads everything, then follows the feed; loads again when the connection was lost. */
export async function follow() {
  const feed = new EventSource('/_admin/events');
  const on = (type, handle) =>
    feed.addEventListener(type, (event) => {
      handle(JSON.parse(event.data));
      changed();
    });
  on('message', (message) => {
    const isNew = !store.messages.has(keyOf(message));
    store.messages.set(keyOf(message), message);
    const away = message.channel !== store.channel && message.user !== store.user;
    if (isNew && away) store.unread.set(message.channel, (store.unread.get(message.channel) ?? 0) + 1);
  });
  on('message_deleted', (message) => store.messages.delete(keyOf(message)));
  on('session', (session) => store.sessions.set(`${session.channel}/${session.threadTs}`, session));
  on('call', (call) => {
    store.calls.push(call);
    if (store.calls.length > KEPT) store.calls.shift();
  });
  on('delivery', (delivery) => {
    store.deliveries.set(delivery.id, delivery);
    if (store.deliveries.size > KEPT) store.deliveries.delete(store.deliveries.keys().next().value);
  });
  on('world', () => void load());
  await new Promise((resolve) => {
    feed.addEventListener('hello', () => void load().then(resolve));
  });
}

const isReply = (message) => message.threadTs !== undefined && message.threadTs !== message.ts;
const visible = (message) => message.ephemeralFor === undefined || message.ephemeralFor === store.user;
const byTime = (a, b) => (a.ts < b.ts ? -1 : 1);

/** What stands in a channel itself: no replies unless they were sent to the channel too. */
export function topLevel(channel) {
  return [...store.messages.values()]
    .filter((one) => one.channel === channel && visible(one) && (!isReply(one) || one.broadcast))
    .sort(byTime);
}

/** A thread's parent and replies. */
export function threadOf(channel, ts) {
  return [...store.messages.values()]
    .filter((one) => one.channel === channel && visible(one) && (one.ts === ts || one.threadTs === ts))
    .sort(byTime);
}

export function repliesOf(message) {
  return threadOf(message.channel, message.ts).filter((one) => one.ts !== message.ts && isReply(one));
}

/** Channels that the chosen person is in. */
export function myChannels() {
  return [...store.channels.values()].filter((channel) => channel.members.includes(store.user));
}

/** The name of a channel or DM as the chosen person sees it. */
export function channelName(channel) {
  if (channel.kind !== 'im') return channel.name;
  const other = channel.members.find((member) => member !== store.user);
  return store.people.get(other)?.displayName ?? channel.name;
}
