import { findChannel, requireCustomize } from '../checks.ts';
import { CUSTOMIZE_ARGS } from '../content.ts';
import { ApiError } from '../errors.ts';
import type { Method } from '../method.ts';
import { isSessionStatus } from './stop-stream.ts';

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
    const title = args.string('title');
    if ((title?.length ?? 0) > 200) throw new ApiError('invalid_arguments');
    const channel = findChannel(call, args.required('channel_id'));
    if (!channel.members.has(caller.installation.botUserId)) throw new ApiError('not_authorized');
    const initiator = args.string('initiator_user_id');
    if (initiator !== undefined && !sim.world.people.has(initiator)) throw new ApiError('user_not_found');
    const threadTs = args.string('thread_ts');
    if (!threadTs) throw new ApiError('thread_ts_required');
    if (!caller.app.subscriptions.includes('agent_session_stopped')) {
      warnings.push('missing_agent_session_stopped_event_subscription');
    }
    const session = sim.sessions.set(channel.id, threadTs, { status, title });
    return { status: session.status, agent_status: session.status, title: session.title };
  },
};
