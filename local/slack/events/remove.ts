import type { Simulator } from '../simulator.ts';
import type { Message } from '../world/types.ts';
import { messageView } from '../world/view.ts';
import { publishChanged, publishDeleted } from './publish.ts';

/**
 * Deletes a message: out of history and replies, an open stream ends with it, `message_deleted` goes out (§6). A parent
 * with replies leaves a tombstone, of which Slack tells by `message_changed`; it goes with its last reply.
 */
export function removeMessage(sim: Simulator, message: Message): void {
  const before = messageView(sim.world, message);
  sim.streams.forget(message);
  if (message.ephemeralFor === undefined && isParent(sim, message)) {
    bury(message);
    sim.changes.emit({ type: 'message', message });
    publishChanged(sim, message, before);
    return;
  }
  sim.world.remove(message);
  sim.changes.emit({ type: 'message_deleted', message });
  if (message.ephemeralFor !== undefined) return;
  publishDeleted(sim, message, before);
  const parent = message.threadTs && sim.world.message(message.channel, message.threadTs);
  if (parent && parent.subtype === 'tombstone' && !isParent(sim, parent)) {
    sim.world.remove(parent);
    sim.changes.emit({ type: 'message_deleted', message: parent });
  }
}

function isParent(sim: Simulator, message: Message): boolean {
  return sim.world.thread(message.channel, message.ts).some((one) => one.ts !== message.ts);
}

const GONE = [
  'botId',
  'appId',
  'clientMsgId',
  'username',
  'metadata',
  'edited',
  'reactions',
  'stream',
  'files',
] as const;

/** What is left of a parent: its place, its thread, and that it was deleted. */
function bury(message: Message): void {
  for (const name of GONE) delete message[name];
  Object.assign(message, {
    subtype: 'tombstone',
    user: 'USLACKBOT',
    text: 'This message was deleted.',
    blocks: [],
  });
}
