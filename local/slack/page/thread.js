import { post } from './actions.js';
import { composer } from './composer.js';
import { h } from './dom.js';
import { icon } from './icons.js';
import { dots, stopButton } from './message.js';
import { messageList } from './messages.js';
import { closeThread } from './navigate.js';
import { channelName, store, threadOf } from './store.js';

/** Makes the thread beside the channel; returns what draws it. */
export function thread(root) {
  const sub = h('span', { class: 'sub' });
  const messages = messageList({
    inThread: true,
    empty: () => h('div', { class: 'empty' }, 'This thread is empty.'),
  });
  const working = h('div', { class: 'working', hidden: true });
  const field = composer((text) => post(store.channel, text, store.thread));
  field.label('Reply…');
  root.append(
    h(
      'header',
      { class: 'pane-head' },
      h('h1', {}, 'Thread'),
      sub,
      h(
        'div',
        { class: 'right' },
        h(
          'button',
          { class: 'icon-button', type: 'button', 'aria-label': 'Close thread', onclick: closeThread },
          '✕',
        ),
      ),
    ),
    messages.root,
    working,
    field.root,
  );
  return () => {
    root.hidden = store.thread === '';
    const channel = store.channels.get(store.channel);
    if (root.hidden || !channel) return;
    sub.textContent = channel.kind === 'im' ? channelName(channel) : `# ${channel.name}`;
    const all = threadOf(channel.id, store.thread);
    messages.draw(all, `${store.user}/${channel.id}/${store.thread}`);
    const session = store.sessions.get(`${channel.id}/${store.thread}`);
    const streams = all.some((message) => message.streamingState === 'in_progress');
    drawWorking(working, session?.status, streams, channel.id);
  };
}

/** The session's status under the messages: working without a stream, or waiting for a person (§10.1). */
function drawWorking(root, status, streams, channel) {
  const shown = streams ? '' : (status ?? '');
  if (root.dataset.shown === `${shown}/${store.thread}`) return;
  root.dataset.shown = `${shown}/${store.thread}`;
  root.hidden = shown !== 'processing' && shown !== 'suspended';
  if (shown === 'processing') root.replaceChildren(dots(), 'Working…', stopButton(channel, store.thread));
  if (shown === 'suspended') root.replaceChildren(icon('pause'), 'Waiting for a decision');
}
