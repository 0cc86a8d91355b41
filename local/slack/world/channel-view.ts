import type { JsonObject } from '../json.ts';
import { sameOrganisation } from './create.ts';
import type { Channel } from './types.ts';
import type { World } from './world.ts';

/** Who looks: a bot or a person, through a workspace. */
export type Viewer = { userId: string; teamId: string };

/** A channel as `conversations.*` gives it to a viewer. */
export function channelView(
  world: World,
  channel: Channel,
  viewer: Viewer,
  with_: { members?: boolean } = {},
): JsonObject {
  const base = {
    id: channel.id,
    created: channel.created,
    is_archived: channel.archived,
    is_ext_shared: channel.extShared,
    is_org_shared: isOrgShared(world, channel),
    is_im: channel.kind === 'im',
    context_team_id: viewer.teamId,
    updated: channel.created * 1000,
  };
  if (channel.kind === 'im') {
    const other = [...channel.members].find((member) => member !== viewer.userId);
    const gone = world.people.get(other ?? '')?.deleted ?? false;
    return { ...base, user: other, is_user_deleted: gone, is_open: true, priority: 0 };
  }
  return {
    ...base,
    name: channel.name,
    name_normalized: channel.name,
    is_channel: channel.kind === 'channel',
    is_group: channel.kind === 'group',
    is_mpim: channel.kind === 'mpim',
    is_private: channel.kind !== 'channel',
    is_general: channel.name === 'general' && channel.kind === 'channel',
    is_shared: channel.sharedWith.length > 0 || channel.extShared,
    is_member: channel.members.has(viewer.userId),
    is_pending_ext_shared: false,
    ...(channel.postingRestricted ? { is_read_only: true } : {}),
    creator: channel.creator,
    unlinked: 0,
    conversation_host_id: channel.teamId,
    shared_team_ids: [channel.teamId, ...channel.sharedWith],
    pending_shared: [],
    pending_connected_team_ids: [],
    topic: about(channel, channel.topic),
    purpose: about(channel, channel.purpose),
    previous_names: channel.previousNames,
    ...(with_.members ? { num_members: channel.members.size } : {}),
  };
}

/** Shared among workspaces of one organisation. */
function isOrgShared(world: World, channel: Channel): boolean {
  return channel.sharedWith.some((team) => sameOrganisation(world, channel.teamId, team));
}

function about(channel: Channel, value: string): JsonObject {
  return value === ''
    ? { value: '', creator: '', last_set: 0 }
    : { value, creator: channel.creator, last_set: channel.created };
}
