import { edit, remove, stop } from './actions.js';
import { avatar } from './avatar.js';
import { blocks } from './blocks.js';
import { askText } from './dialogs.js';
import { clockTime, h } from './dom.js';
import { icon } from './icons.js';
import { openThread } from './navigate.js';
import { repliesOf, store } from './store.js';

/** What decides whether a message must be drawn again. */
export function messageVersion(message, { compact, inThread }) {
  const replies = inThread
    ? ''
    : repliesOf(message)
        .map((one) => one.ts)
        .join();
  return `${JSON.stringify(message)}|${store.user}|${compact}|${replies}`;
}

/** Draws one message. `compact` leaves out avatar and name, as Slack does for messages in a row. */
export function messageNode(message, options) {
  const person = store.people.get(message.user);
  const classes = [
    'message',
    options.compact && 'compact',
    message.ephemeralFor && 'ephemeral',
    message.streamingState !== 'in_progress' && 'settled',
  ];
  const time = h(
    'time',
    { class: 'time', datetime: new Date(Number(message.ts) * 1000).toISOString() },
    clockTime(message.ts),
  );
  const edited = message.edited && h('span', { class: 'edited' }, ' (edited)');
  return h(
    'article',
    {
      class: classes.filter(Boolean).join(' '),
      'aria-label': `${person?.displayName ?? ''}, ${clockTime(message.ts)}`,
    },
    message.ephemeralFor && h('div', { class: 'only-you' }, icon('eye'), 'Only visible to you'),
    options.compact ? h('span', { class: 'gutter-time' }, clockTime(message.ts)) : avatar(message.user),
    h(
      'div',
      { class: 'body' },
      !options.compact &&
        h(
          'div',
          { class: 'head' },
          h('span', { class: 'author' }, message.username ?? person?.displayName ?? message.user),
          person?.isBot && h('span', { class: 'badge' }, 'APP'),
          time,
        ),
      blocks(message),
      edited,
      reactions(message),
      streaming(message),
      !options.inThread && threadLink(message),
    ),
    !message.ephemeralFor && tools(message, options),
  );
}

function reactions(message) {
  if (!message.reactions?.length) return null;
  return h(
    'div',
    { class: 'reactions' },
    message.reactions.map((one) =>
      h('span', { class: 'reaction', title: `:${one.name}:` }, `${one.char} ${one.users.length}`),
    ),
  );
}

function streaming(message) {
  if (message.streamingState === 'errored') return h('div', { class: 'errored' }, '⚠ Something went wrong');
  if (message.streamingState !== 'in_progress') return null;
  return h(
    'div',
    { class: 'streaming-foot' },
    dots(),
    stopButton(message.channel, message.threadTs ?? message.ts),
  );
}

export function dots() {
  return h('span', { class: 'dots', role: 'img', 'aria-label': 'Writing' }, h('i'), h('i'), h('i'));
}

export function stopButton(channel, threadTs) {
  return h('button', { class: 'stop', type: 'button', onclick: () => stop(channel, threadTs) }, 'Stop');
}

function threadLink(message) {
  const replies = repliesOf(message);
  const last = replies.at(-1);
  if (!last) return null;
  const faces = [...new Set(replies.map((one) => one.user))].slice(0, 3).map(avatar);
  const words = replies.length === 1 ? '1 reply' : `${replies.length} replies`;
  return h(
    'button',
    { class: 'thread-link', type: 'button', onclick: () => openThread(message.ts) },
    faces,
    words,
    h('span', { class: 'last' }, `Last reply ${clockTime(last.ts)}`),
  );
}

function tools(message, { inThread }) {
  const own = message.user === store.user;
  const tool = (label, run) => h('button', { class: 'icon-button', type: 'button', onclick: run }, label);
  const change = async () => {
    const text = await askText('Edit message', message.text);
    if (text?.trim()) await edit(message, text);
  };
  const buttons = [
    !inThread && tool('Reply in thread', () => openThread(message.threadTs ?? message.ts)),
    own && tool('Edit', change),
    own && tool('Delete', () => remove(message)),
  ].filter(Boolean);
  return (
    buttons.length > 0 &&
    h('div', { class: 'tools', role: 'group', 'aria-label': 'Message actions' }, buttons)
  );
}
