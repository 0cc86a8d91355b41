import { publishMessage } from '../../events/publish.ts';
import { newStream } from '../../streaming/apply.ts';
import type { Channel } from '../../world/types.ts';
import { requireCustomize, threadParent, writableChannel } from '../checks.ts';
import { CUSTOMIZE_ARGS } from '../content.ts';
import { ApiError } from '../errors.ts';
import type { Method, MethodCall } from '../method.ts';
import { newBotMessage } from '../new-message.ts';
import { checkBothContents, STREAM_CONTENT_ARGS, withContent } from './stream-content.ts';

/** chat.startStream (§1.2, checks in the order of §1.12). */
export const startStream: Method = {
  args: {
    channel: { type: 'string', required: true },
    thread_ts: { type: 'string' },
    recipient_user_id: { type: 'string' },
    recipient_team_id: { type: 'string' },
    task_display_mode: { type: 'string' },
    // Accepted and ignored (§1.2 reply_broadcast, is_stoppable).
    reply_broadcast: { type: 'boolean' },
    is_stoppable: { type: 'boolean' },
    ...STREAM_CONTENT_ARGS,
    ...CUSTOMIZE_ARGS,
  },
  scopes: ['chat:write'],
  run(call) {
    const { sim, args, caller } = call;
    requireCustomize(call);
    const display = displayMode(call);
    checkBothContents(call);
    const channel = writableChannel(call, args.required('channel'));
    const threadTs = streamThread(call, channel);
    if (channel.kind !== 'im') checkRecipients(call);
    const now = sim.clock.now();
    const recipientUser = args.string('recipient_user_id');
    const recipientTeam = args.string('recipient_team_id');
    const stream = withContent(
      call,
      newStream({
        display,
        startedAt: now,
        ...(recipientUser === undefined ? {} : { recipientUser }),
        ...(recipientTeam === undefined ? {} : { recipientTeam }),
      }),
    );
    const message = newBotMessage(call, channel, { threadTs, text: '', blocks: [], blocksFrom: 'app' });
    sim.streams.write(message, stream);
    sim.streams.opened(message);
    if (caller.app.isAgent) {
      const given = { app: caller.app.id, status: 'processing' as const, initiator: recipientUser };
      sim.sessions.set(channel.id, threadTs ?? message.ts, given);
    } else sim.sessions.displace(channel.id, threadTs ?? message.ts);
    publishMessage(sim, message);
    return { channel: channel.id, ts: message.ts };
  },
};

function displayMode({ args }: MethodCall): 'timeline' | 'plan' {
  const mode = args.string('task_display_mode') ?? 'timeline';
  if (mode === 'timeline' || mode === 'plan') return mode;
  const message = '[ERROR] must be one of: timeline, plan [json-pointer:/task_display_mode]';
  throw ApiError.withMessages('invalid_arguments', [message]);
}

/** Omitted, "" or "0" is invalid_thread_ts in ordinary channels; in DMs it is not known, hence an option (§1.2). */
function streamThread(call: MethodCall, channel: Channel): string | undefined {
  const threadTs = call.args.string('thread_ts') ?? '';
  if (threadTs === '' || threadTs === '0') {
    if (channel.kind === 'im' && !call.sim.options.dmStreamNeedsThread) return undefined;
    throw new ApiError('invalid_thread_ts');
  }
  return threadParent(call, channel, threadTs, 'invalid_thread_ts').ts;
}

/** Both recipients are required outside DMs (§1.2). */
function checkRecipients({ sim, args }: MethodCall): void {
  if (!args.string('recipient_user_id')) throw new ApiError('missing_recipient_user_id');
  if (!args.string('recipient_team_id')) throw new ApiError('missing_recipient_team_id');
  if (!sim.world.people.has(args.required('recipient_user_id'))) throw new ApiError('user_not_found');
  // An org-wide install may give the organisation's id (§1.2).
  const team = args.required('recipient_team_id');
  const known = sim.world.workspaces.has(team) || sim.world.enterprises.has(team);
  if (!known) throw new ApiError('team_not_found');
}
