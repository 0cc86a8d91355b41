import type { SlackFile } from '../files/types.ts';
import type { JsonObject } from '../json.ts';
import type { Channel, Message } from '../world/types.ts';
import type { Args } from './arguments.ts';
import type { MethodCall } from './method.ts';

/** Stores a new message of the calling bot, with the channel's next timestamp. */
export function newBotMessage(
  { sim, caller, args }: MethodCall,
  channel: Channel,
  given: Pick<Message, 'text' | 'blocks' | 'blocksFrom'> & {
    threadTs?: string | undefined;
    ephemeralFor?: string;
    metadata?: Message['metadata'] | undefined;
    broadcast?: boolean;
    files?: SlackFile[];
    attachments?: JsonObject[];
    subtype?: string;
  },
): Message {
  const { threadTs, metadata, ...content } = given;
  const identity = identityOf(args);
  const message: Message = {
    channel: channel.id,
    ts: sim.world.nextTs(channel.id, sim.clock.now()),
    user: caller.installation.botUserId,
    teamId: caller.installation.teamId,
    botId: caller.installation.botId,
    appId: caller.app.id,
    ...identity,
    ...content,
    ...(threadTs === undefined ? {} : { threadTs }),
    ...(metadata === undefined ? {} : { metadata }),
  };
  sim.world.add(message);
  return message;
}

/** Another name or picture makes a message one of the `bot_message` style (§6). */
function identityOf(args: Args): Pick<Message, 'username' | 'icons' | 'subtype'> {
  const username = args.string('username');
  const emoji = args.string('icon_emoji');
  const url = args.string('icon_url');
  if (!username && !emoji && !url) return {};
  return {
    subtype: 'bot_message',
    ...(username ? { username } : {}),
    ...(emoji ? { icons: { emoji } } : url ? { icons: { image_48: url } } : {}),
  };
}
