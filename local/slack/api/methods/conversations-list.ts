import { channelView } from '../../world/channel-view.ts';
import type { Channel, ChannelKind } from '../../world/types.ts';
import type { ArgTable } from '../arguments.ts';
import { requireScope } from '../checks.ts';
import { CURSOR_ARGS, pageOf } from '../cursor.ts';
import { ApiError } from '../errors.ts';
import type { Method, MethodCall } from '../method.ts';
import { viewerOf } from '../viewer.ts';

const KINDS: Record<string, { kind: ChannelKind; scope: string } | undefined> = {
  public_channel: { kind: 'channel', scope: 'channels:read' },
  private_channel: { kind: 'group', scope: 'groups:read' },
  im: { kind: 'im', scope: 'im:read' },
  mpim: { kind: 'mpim', scope: 'mpim:read' },
};

const ARGS: ArgTable = {
  types: { type: 'string' },
  exclude_archived: { type: 'boolean' },
  team_id: { type: 'string' },
  ...CURSOR_ARGS,
};

/** Channels of the asked types that the caller can see, by id. @throws ApiError invalid_types, missing_scope */
function visible({ sim, args, caller }: MethodCall): Channel[] {
  const types = (args.string('types') || 'public_channel').split(',').map((type) => KINDS[type.trim()]);
  const kinds = types.map((type) => {
    if (!type) throw new ApiError('invalid_types');
    requireScope(caller, type.scope);
    return type.kind;
  });
  return [...sim.world.channels.values()]
    .filter((channel) => sim.world.sees(caller.installation.teamId, channel) && kinds.includes(channel.kind))
    .filter((channel) => channel.kind === 'channel' || channel.members.has(caller.userId))
    .filter((channel) => !(args.boolean('exclude_archived') && channel.archived))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

function answer(call: MethodCall, channels: Channel[]) {
  const { items, rest } = pageOf(channels, call.args, { kind: 'channel', idOf: (channel) => channel.id });
  const view = (channel: Channel) =>
    channelView(call.sim.world, channel, viewerOf(call.caller), { members: channel.kind !== 'im' });
  return { channels: items.map(view), ...rest };
}

/** conversations.list: public channels by default; the scope of each asked type is needed, page by page. */
export const list: Method = {
  args: ARGS,
  scopes: [],
  tokens: ['bot', 'user'],
  namesTeam: true,
  run: (call) => answer(call, visible(call)),
};

/** users.conversations: those of them that a person is in, by default the caller. */
export const usersConversations: Method = {
  args: { ...ARGS, user: { type: 'string' } },
  scopes: [],
  tokens: ['bot', 'user'],
  namesTeam: true,
  run(call) {
    const user = call.args.string('user') ?? call.caller.userId;
    if (!call.sim.world.people.has(user)) throw new ApiError('user_not_found');
    return answer(
      call,
      visible(call).filter((channel) => channel.members.has(user)),
    );
  },
};
