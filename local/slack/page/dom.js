/**
 * Makes an element: `h('button', {class: 'x', onclick}, 'text', child)`. Properties that begin with `on` are
 * listeners, the rest are attributes; `false`, `null` and `undefined` are left out. Text is never read as HTML.
 */
export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? '' : String(value));
  }
  element.append(
    ...children.flat(Infinity).filter((child) => child !== undefined && child !== null && child !== false),
  );
  return element;
}

/**
 * Brings a container's children in line with a list, touching only what changed: an item is drawn again when its
 * `version` differs from the drawn one.
 */
export function reconcile(container, items, { key, version, draw }) {
  const drawn = new Map([...container.children].map((child) => [child.dataset.key, child]));
  let previous = null;
  for (const item of items) {
    const id = key(item);
    const stamp = version(item);
    let element = drawn.get(id);
    drawn.delete(id);
    if (!element || element.dataset.version !== stamp) {
      const fresh = draw(item, element);
      fresh.dataset.key = id;
      fresh.dataset.version = stamp;
      element?.replaceWith(fresh);
      element = fresh;
    }
    const place = previous ? previous.nextSibling : container.firstChild;
    if (element !== place) container.insertBefore(element, place);
    previous = element;
  }
  for (const left of drawn.values()) left.remove();
}

/** A note at the bottom of the window that goes away by itself. */
export function toast(text) {
  const note = h('div', { class: 'toast' }, text);
  document.getElementById('toasts')?.append(note);
  setTimeout(() => note.remove(), 5000);
}

/** The time of a Slack timestamp, e.g. `14:05`. */
export function clockTime(ts) {
  return new Date(Number(ts) * 1000).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
}

/** The day of a Slack timestamp in words. */
export function dayOf(ts) {
  const date = new Date(Number(ts) * 1000);
  if (date.toDateString() === new Date().toDateString()) return 'Today';
  return date.toLocaleDateString([], { weekday: 'long', day: 'numeric', month: 'long' });
}
