import { receivers } from '../events/audience.ts';
import { publishTitleChanged } from '../events/publish-app.ts';
import type { Simulator } from '../simulator.ts';
import { ActError } from './act-error.ts';
import { memberOf } from './who.ts';

/** A title has at most so many characters (§10.1 rename). */
const MAX_TITLE = 200;

/** Renames the agent session of a thread as a person: `agent_session_title_changed` (§6). */
export function renameSession(
  sim: Simulator,
  request: { user: string; channel: string; thread_ts: string; title: string },
): { title: string } {
  const { channel, person } = memberOf(sim, request);
  const { thread_ts: threadTs, title } = request;
  const session = sim.sessions.get(channel.id, threadTs);
  if (!session) throw new ActError('this thread has no agent session');
  if (title.length > MAX_TITLE) throw new ActError(`a title has at most ${MAX_TITLE} characters`);
  const previous = session.title;
  sim.sessions.rename(channel.id, threadTs, title);
  for (const installation of receivers(sim, channel, person.teamId)) {
    publishTitleChanged(sim, installation, channel, { user: person.id, threadTs, title, previous });
  }
  return { title };
}
