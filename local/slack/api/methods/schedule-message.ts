import type { ScheduledMessage } from '../../scheduled.ts';
import { requireCustomize, threadParent, writableChannel } from '../checks.ts';
import { CONTENT_ARGS, CUSTOMIZE_ARGS, readContent, readMetadata } from '../content.ts';
import { ApiError } from '../errors.ts';
import type { Method } from '../method.ts';
import { postMessage } from './post-message.ts';

/** How far ahead a message may be scheduled, in seconds. */
const MAX_AHEAD = 120 * 86_400;
const DEFAULT_LIMIT = 100;

/** chat.scheduleMessage: checked now, posted at `post_at` by the simulator's clock. */
export const scheduleMessage: Method = {
  args: {
    channel: { type: 'string', required: true },
    post_at: { type: 'integer', required: true, error: 'invalid_time' },
    thread_ts: { type: 'string' },
    reply_broadcast: { type: 'boolean' },
    ...CONTENT_ARGS,
    ...CUSTOMIZE_ARGS,
  },
  scopes: ['chat:write'],
  run(call) {
    const { sim, args, caller } = call;
    requireCustomize(call);
    const channel = writableChannel(call, args.required('channel'), { publicly: true });
    const postAt = args.integer('post_at') ?? 0;
    const seconds = sim.clock.now() / 1000;
    if (postAt <= seconds) throw new ApiError('time_in_past');
    if (postAt > seconds + MAX_AHEAD) throw new ApiError('time_too_far');
    const { text } = readContent(call);
    readMetadata(call);
    const threadTs = args.string('thread_ts');
    if (threadTs) threadParent(call, channel, threadTs, 'thread_not_found');
    const { id: appId } = caller.app;
    const given = { appId, teamId: caller.installation.teamId, channel: channel.id, postAt, text };
    const waiting = sim.scheduled.add(given, () => {
      try {
        postMessage.run({ ...call, warnings: [] });
      } catch (error) {
        // The channel may be gone or closed by then: Slack drops the message without a word.
        if (!(error instanceof ApiError)) throw error;
      }
    });
    return {
      channel: channel.id,
      scheduled_message_id: waiting.id,
      post_at: postAt,
      message: { type: 'delayed_message', text, bot_id: caller.installation.botId },
    };
  },
};

/** chat.deleteScheduledMessage */
export const deleteScheduledMessage: Method = {
  args: {
    channel: { type: 'string', required: true },
    scheduled_message_id: { type: 'string', required: true },
    as_user: { type: 'boolean' },
  },
  scopes: ['chat:write'],
  run({ sim, args, caller }) {
    const found = sim.scheduled.get(args.required('scheduled_message_id'));
    const own = found?.appId === caller.app.id && found.channel === args.required('channel');
    if (!found || !own) throw new ApiError('invalid_scheduled_message_id');
    sim.scheduled.remove(found.id);
    return {};
  },
};

/** chat.scheduledMessages.list */
export const listScheduledMessages: Method = {
  args: {
    channel: { type: 'string' },
    cursor: { type: 'string' },
    limit: { type: 'integer' },
    latest: { type: 'string' },
    oldest: { type: 'string' },
    team_id: { type: 'string' },
  },
  scopes: [],
  run({ sim, args, caller }) {
    const channel = args.string('channel');
    const [oldest, latest] = [Number(args.string('oldest') ?? 0), Number(args.string('latest') ?? Infinity)];
    const all = sim.scheduled
      .of(caller.app.id, caller.installation.teamId)
      .filter((one) => !channel || one.channel === channel)
      .filter((one) => one.postAt >= oldest && one.postAt <= latest);
    const cursor = args.string('cursor');
    const from = cursor ? all.findIndex((one) => one.id === cursor) : 0;
    if (from < 0) throw new ApiError('invalid_cursor');
    const limit = args.integer('limit') ?? DEFAULT_LIMIT;
    return {
      scheduled_messages: all.slice(from, from + limit).map(view),
      response_metadata: { next_cursor: all[from + limit]?.id ?? '' },
    };
  },
};

function view({ id, channel, postAt, createdAt, text }: ScheduledMessage) {
  return { id, channel_id: channel, post_at: postAt, date_created: createdAt, text };
}
