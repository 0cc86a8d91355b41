import type { Simulator } from '../simulator.ts';
import type { Message } from '../world/types.ts';
import { messageView } from '../world/view.ts';
import { publishDeleted } from './publish.ts';

/** Deletes a message: out of history and replies, an open stream ends with it, `message_deleted` goes out (§6). */
export function removeMessage(sim: Simulator, message: Message): void {
  const before = messageView(sim.world, message);
  sim.streams.forget(message);
  sim.world.remove(message);
  sim.changes.emit({ type: 'message_deleted', message });
  if (message.ephemeralFor === undefined) publishDeleted(sim, message, before);
}
