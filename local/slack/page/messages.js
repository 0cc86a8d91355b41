import { dayOf, h, reconcile } from './dom.js';
import { messageNode, messageVersion } from './message.js';

/** Messages of one person within this many seconds stand together. */
const TOGETHER_S = 300;

/** Makes a scrolling list of messages; returns what draws it. It stays at its end unless somebody scrolled up. */
export function messageList({ inThread, empty }) {
  const root = h('div', {
    class: 'messages',
    tabindex: '0',
    role: 'log',
    'aria-label': inThread ? 'Replies' : 'Messages',
  });
  let place = '';
  const draw = (messages, where) => {
    const moved = where !== place;
    place = where;
    const atEnd = moved || root.scrollHeight - root.scrollTop - root.clientHeight < 60;
    reconcile(root, items(messages, inThread, empty), {
      key: (item) => item.key,
      version: (item) => (item.message ? messageVersion(item.message, item) : item.key),
      draw: (item) => item.draw?.() ?? messageNode(item.message, item),
    });
    if (atEnd) root.scrollTop = root.scrollHeight;
  };
  return { root, draw };
}

function items(messages, inThread, empty) {
  if (messages.length === 0) return [{ key: 'empty', draw: empty }];
  const out = [];
  let previous;
  for (const message of messages) {
    const day = dayOf(message.ts);
    const newDay = !inThread && (!previous || dayOf(previous.ts) !== day);
    if (newDay) out.push({ key: `day ${day}`, draw: () => h('div', { class: 'day' }, h('span', {}, day)) });
    const near = previous && Number(message.ts) - Number(previous.ts) < TOGETHER_S;
    const same = near && previous.user === message.user && previous.ephemeralFor === message.ephemeralFor;
    out.push({
      key: message.ts,
      message,
      inThread,
      compact: Boolean(same && !newDay && !message.ephemeralFor),
    });
    previous = message;
  }
  return out;
}
