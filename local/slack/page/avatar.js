import { h } from './dom.js';
import { store } from './store.js';

const COLORS = ['#7a4fb5', '#b5533c', '#3f7d4e', '#2c6fa8', '#a3487f', '#8a6d1f', '#4a6572'];

/** A square with initials; the app has its own picture. */
export function avatar(userId) {
  const person = store.people.get(userId);
  if (person?.isBot) return h('span', { class: 'avatar bot', 'aria-hidden': 'true' });
  const name = person?.displayName ?? '?';
  // The third letter tells requester and reviewer apart better than the second.
  const initials = (name.charAt(0) + (name.charAt(2) || name.charAt(1))).toUpperCase();
  const sum = [...userId].reduce((total, char) => total + char.charCodeAt(0), 0);
  return h(
    'span',
    { class: 'avatar', style: `background:${COLORS[sum % COLORS.length]}`, 'aria-hidden': 'true' },
    initials,
  );
}
