import { publishAssistantThread } from '../events/publish-app.ts';
import type { JsonObject } from '../json.ts';
import type { Simulator } from '../simulator.ts';
import type { Message } from '../world/types.ts';
import { ActError } from './act-error.ts';
import { appDm } from './home.ts';

/** Opens a thread of the legacy assistant container: its root, and `assistant_thread_started` (§6). */
export function startAssistantThread(
  sim: Simulator,
  request: { user: string; app?: string | undefined; context?: JsonObject | undefined },
): Message {
  if (!sim.options.legacyAssistant)
    throw new ActError('assistant threads are legacy: switch on the option legacyAssistant');
  const { person, app, installation, channel } = appDm(sim, request.user, request.app);
  const message: Message = {
    channel: channel.id,
    ts: sim.world.nextTs(channel.id, sim.clock.now()),
    user: installation.botUserId,
    botId: installation.botId,
    appId: app.id,
    teamId: installation.teamId,
    subtype: 'assistant_app_thread',
    text: 'New Assistant Thread',
    blocks: [],
    blocksFrom: 'app',
  };
  sim.world.add(message);
  sim.changes.emit({ type: 'message', message });
  publishAssistantThread(sim, installation, channel, {
    user: person.id,
    threadTs: message.ts,
    context: request.context ?? {},
  });
  return message;
}
