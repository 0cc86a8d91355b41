import type { Channel, ChannelKind } from '../../world/types.ts';
import { channelView } from '../../world/view.ts';
import { channelScope, requireScope } from '../checks.ts';
import { ApiError } from '../errors.ts';
import type { Method } from '../method.ts';

const KINDS: Record<string, ChannelKind | undefined> = {
  public_channel: 'channel',
  private_channel: 'group',
  im: 'im',
};
const PREFIX = 'channel:';
const MAX_LIMIT = 1000;

/** conversations.list: what the bot can see of the asked types (public channels by default), by id, page by page. */
export const list: Method = {
  args: {
    types: { type: 'string' },
    exclude_archived: { type: 'boolean' },
    limit: { type: 'integer' },
    cursor: { type: 'string' },
    team_id: { type: 'string' },
  },
  scopes: [],
  run({ sim, args, caller }) {
    const { teamId, botUserId } = caller.installation;
    const kinds = (args.string('types') ?? 'public_channel').split(',').map((type) => KINDS[type.trim()]);
    if (kinds.includes(undefined)) throw new ApiError('invalid_types');
    const limit = args.integer('limit') ?? 100;
    if (limit < 1 || limit > MAX_LIMIT) throw new ApiError('invalid_limit');
    const visible = [...sim.world.channels.values()]
      .filter((channel) => channel.teamId === teamId && kinds.includes(channel.kind))
      .filter((channel) => channel.kind === 'channel' || channel.members.has(botUserId))
      .filter((channel) => !(args.boolean('exclude_archived') && channel.archived))
      .sort((a, b) => (a.id < b.id ? -1 : 1));
    for (const channel of visible) requireScope(caller, channelScope(channel, 'read'));
    const from = startOf(visible, args.string('cursor'));
    const next = visible[from + limit];
    const next_cursor = next ? Buffer.from(PREFIX + next.id).toString('base64') : '';
    return {
      channels: visible.slice(from, from + limit).map((channel) => channelView(channel, botUserId)),
      response_metadata: { next_cursor },
    };
  },
};

function startOf(channels: readonly Channel[], cursor: string | undefined): number {
  if (!cursor) return 0;
  const [, id] = Buffer.from(cursor, 'base64').toString().split(PREFIX);
  const at = channels.findIndex((channel) => channel.id === id);
  if (at < 0) throw new ApiError('invalid_cursor');
  return at;
}
