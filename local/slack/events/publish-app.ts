import { momentTs } from '../ids.ts';
import type { JsonObject } from '../json.ts';
import type { Simulator } from '../simulator.ts';
import type { Channel, Installation } from '../world/types.ts';
import { publish } from './audience.ts';

/** `app_home_opened`: the tab, the home if there is one, what the person looks at (§6). */
export function publishHomeOpened(
  sim: Simulator,
  installation: Installation,
  channel: Channel,
  given: { user: string; tab: 'home' | 'messages'; view: JsonObject | undefined; entities: JsonObject[] },
): void {
  const event = {
    type: 'app_home_opened',
    user: given.user,
    channel: channel.id,
    tab: given.tab,
    ...(given.view ? { view: given.view } : {}),
    ...(given.entities.length > 0 ? { context: { entities: given.entities } } : {}),
    // Without its dot, as in the documentation's example (§6).
    event_ts: momentTs(sim.clock.now()).replace('.', ''),
  };
  publish(sim, installation, { channel }, event);
}

/** `app_context_changed`: the person looks at something else beside the app's DM (§6). */
export function publishContextChanged(
  sim: Simulator,
  installation: Installation,
  channel: Channel,
  given: { user: string; entities: JsonObject[] },
): void {
  const event = {
    type: 'app_context_changed',
    channel: channel.id,
    user: given.user,
    context: { entities: given.entities },
    event_ts: momentTs(sim.clock.now()),
  };
  publish(sim, installation, { channel }, event);
}

/** `agent_session_title_changed` (§6). */
export function publishTitleChanged(
  sim: Simulator,
  installation: Installation,
  channel: Channel,
  given: { user: string; threadTs: string; title: string; previous: string },
): void {
  const event = {
    type: 'agent_session_title_changed',
    channel: channel.id,
    user: given.user,
    team_id: installation.teamId,
    thread_ts: given.threadTs,
    title: given.title,
    ...(given.previous === '' ? {} : { previous_title: given.previous }),
    event_ts: momentTs(sim.clock.now()),
  };
  publish(sim, installation, { channel }, event);
}

/** `assistant_thread_started` of the legacy assistant container (§6). */
export function publishAssistantThread(
  sim: Simulator,
  installation: Installation,
  channel: Channel,
  given: { user: string; threadTs: string; context: JsonObject },
): void {
  const event = {
    type: 'assistant_thread_started',
    assistant_thread: {
      user_id: given.user,
      context: given.context,
      channel_id: channel.id,
      thread_ts: given.threadTs,
    },
    event_ts: momentTs(sim.clock.now()),
  };
  publish(sim, installation, { channel }, event);
}
