import { h, reconcile } from './dom.js';
import { icon } from './icons.js';
import { beUser, openChannel } from './navigate.js';
import { channelName, myChannels, store } from './store.js';

const SIGNS = { channel: '#', im: '●' };

/** Makes the sidebar; returns what draws it again. */
export function sidebar(root) {
  const title = h('div', { class: 'workspace' });
  const channels = h('div', {});
  const directs = h('div', {});
  const who = h('select', { id: 'who', onchange: (event) => beUser(event.target.value) });
  root.append(
    title,
    h(
      'div',
      { class: 'sidebar-lists' },
      h('h2', {}, 'Channels'),
      channels,
      h('h2', {}, 'Direct messages'),
      directs,
    ),
    h('div', { class: 'whoami' }, h('label', { for: 'who' }, 'You write as'), who),
  );
  return () => {
    title.replaceChildren(store.workspace?.name ?? '', h('small', {}, 'Slack simulator'));
    const mine = myChannels();
    list(
      channels,
      mine.filter((one) => one.kind !== 'im'),
    );
    list(
      directs,
      mine.filter((one) => one.kind === 'im'),
    );
    const people = [...store.people.values()].filter((person) => !person.isBot && !person.deleted);
    reconcile(who, people, {
      key: (person) => person.id,
      version: (person) => person.displayName,
      draw: (person) => h('option', { value: person.id }, person.displayName),
    });
    who.value = store.user;
  };
}

function list(container, channels) {
  reconcile(container, channels, {
    key: (channel) => channel.id,
    version: (channel) =>
      [channelName(channel), channel.id === store.channel, store.unread.get(channel.id)].join(),
    draw: (channel) => {
      const unread = store.unread.get(channel.id);
      return h(
        'button',
        {
          class: unread ? 'channel unread' : 'channel',
          type: 'button',
          'aria-current': channel.id === store.channel ? 'true' : null,
          onclick: () => openChannel(channel.id),
        },
        h(
          'span',
          { class: 'sign', 'aria-hidden': 'true' },
          channel.kind === 'group' ? icon('lock') : SIGNS[channel.kind],
        ),
        h('span', {}, channelName(channel)),
        unread && h('span', { class: 'count', 'aria-label': `${unread} unread` }, unread),
      );
    },
  });
}
