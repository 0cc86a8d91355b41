import { toast } from './dom.js';
import { store } from './store.js';

async function act(what, body) {
  const response = await fetch(`/_admin/act/${what}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ user: store.user, ...body }),
  });
  const answer = await response.json();
  if (response.ok) return answer;
  toast(answer.error ?? 'That did not work');
  return undefined;
}

/** What people type goes to the wire escaped, as Slack's clients do. */
function wire(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

export function post(channel, text, threadTs) {
  return act('post', { channel, text: wire(text), ...(threadTs ? { thread_ts: threadTs } : {}) });
}

export function edit(message, text) {
  return act('edit', { channel: message.channel, ts: message.ts, text: wire(text) });
}

export function remove(message) {
  return act('delete', { channel: message.channel, ts: message.ts });
}

export function stop(channel, threadTs) {
  return act('stop', { channel, thread_ts: threadTs });
}

/** Presses an element of a message; says so when the app did not answer in time, as Slack does. */
export async function click(message, element, block, more = {}) {
  const record = await act('click', {
    channel: message.channel,
    ts: message.ts,
    action_id: element.action_id,
    block_id: block.block_id,
    ...more,
  });
  if (record?.state === 'failed') toast('The app did not respond. Try again.');
  if (record?.state === 'no_url') toast('This app has no interactivity URL yet.');
  return record;
}
