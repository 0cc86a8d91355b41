import type { ChannelKind } from '../world/types.ts';
import { ApiError } from './errors.ts';
import type { Caller } from './method.ts';

type ByKind = Partial<Record<ChannelKind, readonly string[]>>;

/** What may be done to a channel by kind: any one of the scopes; a kind that is not listed cannot be used at all. */
const RIGHTS = {
  manage: { channel: ['channels:manage', 'channels:write'], group: ['groups:write'] },
  join: { channel: ['channels:join', 'channels:write'] },
  leave: {
    channel: ['channels:manage', 'channels:write'],
    group: ['groups:write'],
    mpim: ['mpim:write'],
  },
  invite: {
    channel: ['channels:manage', 'channels:write.invites', 'channels:write'],
    group: ['groups:write', 'groups:write.invites'],
  },
  describe: {
    channel: ['channels:manage', 'channels:write.topic', 'channels:write'],
    group: ['groups:write', 'groups:write.topic'],
    im: ['im:write', 'im:write.topic'],
    mpim: ['mpim:write', 'mpim:write.topic'],
  },
  mark: {
    channel: ['channels:manage', 'channels:write'],
    group: ['groups:write'],
    im: ['im:write'],
    mpim: ['mpim:write'],
  },
  open: { im: ['im:write'], mpim: ['mpim:write'] },
} as const satisfies Record<string, ByKind>;

/**
 * @throws ApiError method_not_supported_for_channel_type for a kind of channel this cannot be done to; missing_scope
 *   naming the first scope that would do
 */
export function requireRight(caller: Caller, kind: ChannelKind, right: keyof typeof RIGHTS): void {
  const byKind: ByKind = RIGHTS[right];
  const any = byKind[kind];
  if (!any) throw new ApiError('method_not_supported_for_channel_type');
  if (any.some((scope) => caller.scopes.includes(scope))) return;
  throw new ApiError('missing_scope', { needed: any[0], provided: caller.scopes.join(',') });
}
