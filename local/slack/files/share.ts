import type { Simulator } from '../simulator.ts';
import type { Channel, Message } from '../world/types.ts';
import type { SlackFile, StoredFile } from './types.ts';

/** The files as a message in this channel carries them; remembers that they are shared there. */
export function filesIn(sim: Simulator, channel: Channel, stored: readonly StoredFile[]): SlackFile[] {
  return stored.map(({ file, appId }) => {
    if (channel.kind === 'channel') file.is_public = true;
    // An app's own file needs no asking (§11 says it of files in Slack Connect, uncertain which).
    const unknown = channel.extShared && appId === null && sim.options.connectFileCheck;
    return unknown ? { ...file, file_access: 'check_file_info' } : file;
  });
}

/** Notes where files were shared. */
export function noteShare(message: Message, stored: readonly StoredFile[]): void {
  for (const one of stored) one.shares.push({ channel: message.channel, ts: message.ts });
}

/** Whether a bot may see a file: it uploaded it, was given it, or is in a conversation that it was shared in. */
export function seesFile(
  sim: Simulator,
  who: { appId: string; teamId: string; userId: string },
  stored: StoredFile,
): boolean {
  if (stored.appId === who.appId && stored.teamId === who.teamId) return true;
  if (stored.givenTo?.includes(who.appId)) return true;
  return stored.shares.some(({ channel: id }) => {
    const channel = sim.world.channels.get(id);
    return channel?.members.has(who.userId) && sim.world.sees(who.teamId, channel);
  });
}
