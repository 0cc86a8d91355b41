import { post } from './actions.js';
import { composer } from './composer.js';
import { h } from './dom.js';
import { messageList } from './messages.js';
import { channelName, store, topLevel } from './store.js';

/** Makes the channel in the middle; returns what draws it. */
export function conversation(root) {
  const title = h('h1', {});
  const sub = h('span', { class: 'sub' });
  const empty = () =>
    h(
      'div',
      { class: 'empty' },
      'Nothing here yet. Write ',
      h('strong', {}, '@sluice'),
      ' and a question: the answer comes in its thread.',
    );
  const messages = messageList({ inThread: false, empty });
  const field = composer((text) => post(store.channel, text));
  root.append(h('header', { class: 'pane-head' }, title, sub), messages.root, field.root);
  return () => {
    const channel = store.channels.get(store.channel);
    if (!channel) return;
    const direct = channel.kind === 'im';
    const name = `${direct ? '' : '#'}${channelName(channel)}`;
    title.textContent = direct ? channelName(channel) : `# ${channel.name}`;
    sub.textContent = direct ? 'App' : `${channel.members.length} members`;
    field.label(`Message ${name}`);
    messages.draw(topLevel(channel.id), `${store.user}/${channel.id}`);
  };
}
