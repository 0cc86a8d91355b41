import type { Channel, Message } from '../world/types.ts';
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
  },
): Message {
  const { threadTs, metadata, ...content } = given;
  const username = args.string('username');
  const message: Message = {
    channel: channel.id,
    ts: sim.world.nextTs(channel.id, sim.clock.now()),
    user: caller.installation.botUserId,
    teamId: caller.installation.teamId,
    botId: caller.installation.botId,
    appId: caller.app.id,
    ...content,
    ...(threadTs === undefined ? {} : { threadTs }),
    ...(metadata === undefined ? {} : { metadata }),
    ...(username === undefined ? {} : { username }),
  };
  sim.world.add(message);
  return message;
}
