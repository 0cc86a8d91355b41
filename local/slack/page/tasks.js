import { h } from './dom.js';
import { richText } from './rich-text.js';

const WORDS = { pending: 'Waiting', in_progress: 'In progress', complete: 'Done', error: 'Failed' };
/** Plans that a person closed stay closed while they grow. */
const closed = new Set();

function status(value) {
  return h('span', {
    class: `status ${value}`,
    role: 'img',
    'aria-label': WORDS[value] ?? value,
    title: WORDS[value],
  });
}

/** One step: its status, title, and what it found. */
export function taskCard(task) {
  const sources = (task.sources ?? []).map((source) =>
    h('a', { href: source.url, target: '_blank', rel: 'noreferrer' }, source.text || source.url),
  );
  return h(
    'div',
    { class: 'task' },
    status(task.status),
    h('div', {}, task.hide_title ? '' : task.title),
    task.details && h('div', { class: 'more' }, richText(task.details)),
    task.output && h('div', { class: 'more' }, richText(task.output)),
    sources.length > 0 && h('div', { class: 'more sources' }, sources),
  );
}

function overall(tasks) {
  if (tasks.some((task) => task.status === 'error')) return 'error';
  if (tasks.some((task) => task.status === 'in_progress')) return 'in_progress';
  return tasks.some((task) => task.status === 'pending') ? 'pending' : 'complete';
}

/** All steps in one container that can be closed. */
export function planBlock(block, message) {
  const tasks = block.tasks ?? [];
  const key = `${message.channel}/${message.ts}/${block.block_id}`;
  const state = overall(tasks);
  const title = block.title || (state === 'complete' ? 'Done' : 'Working on it');
  const done = tasks.filter((task) => task.status === 'complete').length;
  return h(
    'details',
    {
      class: 'plan',
      open: !closed.has(key),
      ontoggle: (event) => (event.currentTarget.open ? closed.delete(key) : closed.add(key)),
    },
    h(
      'summary',
      {},
      status(state),
      title,
      h('span', { class: 'count' }, tasks.length > 0 && `${done} of ${tasks.length}`),
    ),
    h(
      'ol',
      {},
      tasks.map((task) => h('li', {}, taskCard(task))),
    ),
  );
}
