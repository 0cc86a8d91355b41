import { h, reconcile } from './dom.js';
import { changed, store } from './store.js';

/** Makes the panel of what the app called and what was delivered to it; returns what draws it. */
export function log(root) {
  let tab = 'calls';
  const entries = h('ul', { class: 'entries', tabindex: '0', 'aria-label': 'Entries' });
  const tabs = ['calls', 'deliveries'].map((name) =>
    h(
      'button',
      {
        type: 'button',
        role: 'tab',
        'data-tab': name,
        onclick: () => {
          tab = name;
          entries.replaceChildren();
          changed();
        },
      },
      name === 'calls' ? 'API calls' : 'Deliveries',
    ),
  );
  const toggle = h(
    'button',
    {
      class: 'icon-button',
      type: 'button',
      'aria-expanded': 'true',
      'aria-label': 'Hide the log',
      onclick: () => {
        const closed = root.classList.toggle('closed');
        toggle.textContent = closed ? '‹' : '›';
        toggle.setAttribute('aria-expanded', String(!closed));
        toggle.setAttribute('aria-label', closed ? 'Show the log' : 'Hide the log');
      },
    },
    '›',
  );
  root.append(
    h(
      'header',
      { class: 'pane-head' },
      h('h1', {}, 'What the app did'),
      h('div', { class: 'right' }, toggle),
    ),
    h('div', { class: 'tabs', role: 'tablist', 'aria-label': 'Log' }, tabs),
    h('div', { class: 'log-body' }, entries),
  );
  return () => {
    for (const one of tabs) one.setAttribute('aria-selected', String(one.dataset.tab === tab));
    const atEnd = entries.scrollHeight - entries.scrollTop - entries.clientHeight < 40;
    if (tab === 'calls') drawList(entries, store.calls, callEntry, (call) => String(call.id));
    else
      drawList(
        entries,
        [...store.deliveries.values()],
        deliveryEntry,
        (one) => `${one.id}/${one.state}/${one.attempts.length}`,
      );
    if (atEnd) entries.scrollTop = entries.scrollHeight;
  };
}

function drawList(container, items, draw, version) {
  const shown = items.length > 0 ? items : [{ id: 'empty' }];
  reconcile(container, shown, {
    key: (item) => String(item.id),
    version: (item) => (item.id === 'empty' ? 'empty' : version(item)),
    draw: (item) => (item.id === 'empty' ? h('li', { class: 'empty' }, 'Nothing yet.') : draw(item)),
  });
}

function entry({ lamp, name, ms, note, bad, parts }) {
  const details = h(
    'details',
    {},
    h(
      'summary',
      {},
      h('span', {
        class: `lamp ${lamp}`,
        role: 'img',
        'aria-label': lamp === '' ? 'ok' : lamp === 'bad' ? 'error' : 'waiting',
      }),
      h('span', { class: 'name' }, name),
      h('span', { class: 'ms' }, ms),
      note && h('span', { class: bad ? 'note bad' : 'note' }, note),
    ),
  );
  // The contents are drawn when they are looked at: a busy log stays light.
  details.addEventListener(
    'toggle',
    async () => {
      for (const [title, value] of await parts())
        details.append(h('h3', {}, title), h('pre', {}, JSON.stringify(value, null, 2)));
    },
    { once: true },
  );
  return h('li', { class: 'entry' }, details);
}

function callEntry(call) {
  return entry({
    lamp: call.ok ? '' : 'bad',
    name: call.method,
    ms: `${Math.round(call.durationMs)} ms`,
    note: call.error ?? summary(call.args),
    bad: !call.ok,
    parts: () => [
      ['arguments', call.args],
      ['answer', call.answer],
    ],
  });
}

/** A few words on what a call carried. */
function summary(args) {
  let chunks = args.chunks ?? [];
  if (typeof chunks === 'string') chunks = JSON.parse(chunks || '[]');
  const text = chunks
    .filter((chunk) => chunk.type === 'markdown_text')
    .map((chunk) => chunk.text)
    .join('');
  const cards = chunks.filter((chunk) => chunk.type === 'task_update').length;
  const words = (text || args.markdown_text || args.text || args.status || '').replaceAll(/\s+/g, ' ').trim();
  return [cards > 0 && `${cards} ${cards === 1 ? 'step' : 'steps'}`, words].filter(Boolean).join(' · ');
}

function deliveryEntry(delivery) {
  const last = delivery.attempts.at(-1);
  const bad = delivery.state === 'failed' || Boolean(last?.failure);
  const tries = delivery.attempts.length > 1 ? `${delivery.attempts.length} tries` : '';
  const trouble = last?.failure ?? (delivery.state === 'no_url' ? 'the app has no URL yet' : '');
  const note = [trouble, tries, delivery.about].filter(Boolean).join(' · ');
  return entry({
    lamp: delivery.state === 'acknowledged' ? '' : bad ? 'bad' : 'wait',
    name: delivery.type,
    ms: last?.durationMs == null ? '' : `${Math.round(last.durationMs)} ms`,
    note,
    bad,
    parts: async () => {
      const { attempts, payload } = await (await fetch(`/_admin/deliveries/${delivery.id}`)).json();
      return [
        ['attempts', attempts],
        ['payload', payload],
      ];
    },
  });
}
