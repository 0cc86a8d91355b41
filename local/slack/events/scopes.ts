import type { ChannelKind } from '../world/types.ts';

const PREFIX: Record<ChannelKind, string> = { channel: 'channels', group: 'groups', im: 'im', mpim: 'mpim' };

/** Scopes of events that do not depend on the kind of channel (§6, §10.3). */
const FIXED: Record<string, string> = {
  app_mention: 'app_mentions:read',
  'message.channels': 'channels:history',
  'message.groups': 'groups:history',
  'message.im': 'im:history',
  'message.mpim': 'mpim:history',
  reaction_added: 'reactions:read',
  reaction_removed: 'reactions:read',
  app_context_changed: 'assistant:write',
  assistant_thread_started: 'assistant:write',
  agent_session_stopped: 'chat:write',
  agent_session_title_changed: 'chat:write',
};

/** Events of a channel itself: whoever may read channels of that kind may see them. */
const OF_CHANNEL =
  /^(member_joined_channel|member_left_channel|(channel|group)_(archive|unarchive|rename|deleted))$/;

/** The scope that an app must hold to be sent an event; undefined where none is needed (app_home_opened and others). */
export function eventScope(subscription: string, kind: ChannelKind | undefined): string | undefined {
  if (OF_CHANNEL.test(subscription)) return kind && `${PREFIX[kind]}:read`;
  return FIXED[subscription];
}
