import type { JsonObject } from '../json.ts';
import type { Simulator } from '../simulator.ts';
import type { App, Channel, Installation, Message, Person } from '../world/types.ts';
import { messageView } from '../world/view.ts';

/** What every interaction says of where and for whom it happened (§5). */
export function interactionContext(sim: Simulator, app: App, installation: Installation): JsonObject {
  const workspace = sim.world.workspaces.get(installation.teamId);
  const enterprise = enterpriseOf(sim, installation);
  return {
    token: app.verificationToken,
    team: {
      id: installation.teamId,
      domain: workspace?.domain,
      ...(enterprise ? { enterprise_id: enterprise.id, enterprise_name: enterprise.name } : {}),
    },
    enterprise,
    is_enterprise_install: installation.isEnterpriseInstall,
  };
}

/**
 * The same for a form: its `team` is the sender's workspace, also where that is another one than the app's (a channel
 * shared with another organisation). The app's own stands in `view.app_installed_team_id`.
 */
export function formContext(
  sim: Simulator,
  app: App,
  installation: Installation,
  person: Person,
): JsonObject {
  const context = interactionContext(sim, app, installation);
  if (person.teamId === installation.teamId) return context;
  return { ...context, team: { id: person.teamId, domain: sim.world.workspaces.get(person.teamId)?.domain } };
}

/** The organisation of an installation as payloads name it, or null. */
export function enterpriseOf(
  sim: Simulator,
  { enterpriseId }: Installation,
): { id: string; name: string } | null {
  const found = enterpriseId === null ? undefined : sim.world.enterprises.get(enterpriseId);
  return found ? { id: found.id, name: found.name } : null;
}

/** The person who acted. */
export function userOf(person: Person): JsonObject {
  return { id: person.id, username: person.name, name: person.name, team_id: person.teamId };
}

/** A channel as interactions name it: a DM has no name of its own. */
export function channelOf(channel: Channel): JsonObject {
  return { id: channel.id, name: channelName(channel) };
}

export function channelName(channel: Channel): string {
  return channel.kind === 'im' ? 'directmessage' : channel.name;
}

/** Container, channel and message of an interaction in a message (§5). Slack sends an ephemeral one not along. */
export function inMessage(sim: Simulator, channel: Channel, message: Message): JsonObject {
  const ephemeral = message.ephemeralFor !== undefined;
  return {
    container: {
      type: 'message',
      message_ts: message.ts,
      channel_id: channel.id,
      is_ephemeral: ephemeral,
      ...(message.threadTs === undefined ? {} : { thread_ts: message.threadTs }),
    },
    channel: channelOf(channel),
    ...(ephemeral ? {} : { message: messageView(sim.world, message) }),
  };
}
