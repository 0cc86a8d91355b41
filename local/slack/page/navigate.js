import { changed, myChannels, store } from './store.js';

/** Where one is stands in the address: `#user/channel/thread`. */
export function readAddress() {
  const [user, channel, thread] = decodeURIComponent(location.hash.slice(1)).split('/');
  const people = [...store.people.values()].filter((person) => !person.isBot && !person.deleted);
  store.user = people.some((person) => person.id === user) ? user : (people[0]?.id ?? '');
  const mine = myChannels().sort((a, b) => Number(a.kind === 'im') - Number(b.kind === 'im'));
  store.channel = mine.some((one) => one.id === channel) ? channel : (mine[0]?.id ?? '');
  store.thread = store.channel === channel ? (thread ?? '') : '';
  store.unread.delete(store.channel);
  changed();
}

function go(user, channel, thread = '') {
  location.hash = [user, channel, thread].filter(Boolean).join('/');
}

export const openChannel = (channel) => go(store.user, channel);
export const openThread = (ts) => go(store.user, store.channel, ts);
export const closeThread = () => go(store.user, store.channel);

/** Somebody else looks: the same channel if they are in it, their own DM instead of another's. */
export function beUser(user) {
  const channel = store.channels.get(store.channel);
  if (channel?.members.includes(user)) return go(user, channel.id, store.thread);
  const dm = [...store.channels.values()].find((one) => one.kind === 'im' && one.members.includes(user));
  return go(user, channel?.kind === 'im' && dm ? dm.id : '');
}
