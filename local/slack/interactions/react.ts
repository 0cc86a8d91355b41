import { publishReaction } from '../events/publish.ts';
import type { Simulator } from '../simulator.ts';
import type { Message } from '../world/types.ts';
import { ActError } from './act-error.ts';
import { seenMessage } from './who.ts';

/** Adds a person's reaction to a message, or with `remove` takes it away (§6 reaction_added). */
export function react(
  sim: Simulator,
  request: { user: string; channel: string; ts: string; name: string; remove?: boolean | undefined },
): Message {
  const { person, message } = seenMessage(sim, request);
  if (message.ephemeralFor !== undefined) throw new ActError('an ephemeral message takes no reactions');
  const name = request.name.replaceAll(':', '');
  const known = message.reactions?.find((one) => one.name === name);
  const has = known?.users.includes(person.id) ?? false;
  if (has === !request.remove)
    throw new ActError(has ? `:${name}: is there already` : `there is no :${name}: of ${person.name}`);
  if (request.remove) {
    const without = (message.reactions ?? []).map((one) =>
      one.name === name ? { ...one, users: one.users.filter((user) => user !== person.id) } : one,
    );
    message.reactions = without.filter((one) => one.users.length > 0);
  } else if (known) known.users.push(person.id);
  else message.reactions = [...(message.reactions ?? []), { name, users: [person.id] }];
  sim.changes.emit({ type: 'message', message });
  publishReaction(sim, message, { user: person.id, reaction: name, removed: request.remove === true });
  return message;
}
