import { receivers } from '../../events/audience.ts';
import { publishTitleChanged } from '../../events/publish-app.ts';
import { findChannel } from '../checks.ts';
import { ApiError } from '../errors.ts';
import type { Method } from '../method.ts';

const MAX_TITLE = 200;

/** agents.sessions.rename (§10.1): `agent_session_title_changed` goes out (§6). */
export const renameSession: Method = {
  args: {
    channel_id: { type: 'string', required: true },
    title: { type: 'string', required: true },
    thread_ts: { type: 'string' },
  },
  scopes: ['chat:write'],
  run(call) {
    const { sim, args, caller } = call;
    const channel = findChannel(call, args.required('channel_id'));
    if (!channel.members.has(caller.installation.botUserId)) throw new ApiError('not_authorized');
    if (channel.archived) throw new ApiError('is_archived');
    const title = args.required('title');
    if (title.trim() === '' || title.length > MAX_TITLE) throw new ApiError('invalid_name');
    // Without thread_ts it is about a session channel, which the simulator does not have.
    const threadTs = args.string('thread_ts') ?? '';
    const previous = sim.sessions.rename(channel.id, threadTs, title);
    if (previous === undefined) throw new ApiError('session_not_found');
    const user = caller.installation.botUserId;
    for (const installation of receivers(sim, channel, caller.installation.teamId)) {
      publishTitleChanged(sim, installation, channel, { user, threadTs, title, previous });
    }
    return { title };
  },
};
