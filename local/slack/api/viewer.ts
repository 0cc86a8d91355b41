import type { Viewer } from '../world/channel-view.ts';
import type { Caller } from './method.ts';

/** Who looks at the world in a call: the bot or the person, through the workspace that the call is about. */
export function viewerOf({ userId, installation }: Caller): Viewer {
  return { userId, teamId: installation.teamId };
}
