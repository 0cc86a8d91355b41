import type { AgentIdentity } from '../../sessions.ts';
import { findChannel, requireCustomize } from '../checks.ts';
import { CUSTOMIZE_ARGS } from '../content.ts';
import { ApiError } from '../errors.ts';
import type { Method, MethodCall } from '../method.ts';
import { isSessionStatus } from './stop-stream.ts';

/** Characters of a title and of a username (§10.1). */
const MAX_WORDS = 200;

/** agents.sessions.setStatus (§10.1). */
export const setStatus: Method = {
  args: {
    status: { type: 'string', required: true },
    channel_id: { type: 'string', required: true },
    thread_ts: { type: 'string' },
    title: { type: 'string' },
    initiator_user_id: { type: 'string' },
    ...CUSTOMIZE_ARGS,
  },
  scopes: ['chat:write'],
  run(call) {
    const { sim, args, caller, warnings } = call;
    if (!caller.app.isAgent) throw new ApiError('feature_disabled');
    requireCustomize(call);
    const status = args.required('status');
    if (!isSessionStatus(status)) throw new ApiError('invalid_status');
    checkWords(call, 'title');
    checkWords(call, 'username');
    const channel = findChannel(call, args.required('channel_id'));
    if (!channel.members.has(caller.installation.botUserId)) throw new ApiError('not_authorized');
    const initiator = args.string('initiator_user_id');
    if (initiator !== undefined && !sim.world.people.has(initiator)) throw new ApiError('user_not_found');
    const threadTs = args.string('thread_ts');
    if (!threadTs) throw new ApiError('thread_ts_required');
    if (!caller.app.subscriptions.includes('agent_session_stopped')) {
      warnings.push('missing_agent_session_stopped_event_subscription');
    }
    const session = sim.sessions.set(channel.id, threadTs, {
      app: caller.app.id,
      status,
      title: args.string('title'),
      initiator,
      identity: identityOf(call),
    });
    return { status: session.status, agent_status: status, title: session.title };
  },
};

/** The trio of name and pictures: giving one replaces all three, giving none leaves them (§10.1). */
export function identityOf({ args }: MethodCall): AgentIdentity | undefined {
  const iconEmoji = args.string('icon_emoji');
  const iconUrl = args.string('icon_url');
  const username = args.string('username');
  if (iconEmoji === undefined && iconUrl === undefined && username === undefined) return undefined;
  return {
    ...(iconEmoji ? { iconEmoji } : {}),
    ...(iconUrl ? { iconUrl } : {}),
    ...(username ? { username } : {}),
  };
}

function checkWords({ args }: MethodCall, name: string): void {
  if ((args.string(name)?.length ?? 0) <= MAX_WORDS) return;
  throw ApiError.withMessages('invalid_arguments', [
    `[ERROR] must be less than ${MAX_WORDS + 1} characters [json-pointer:/${name}]`,
  ]);
}
