import { sessionIdOf } from '../ids.ts';
import { type Doors, doorOf } from '../sessions/doors.ts';
import { isFirstWord } from '../sessions/event-mark.ts';
import type { InboundPost } from '../sessions/inbound-post.ts';
import type { SessionRecord } from '../sessions/record.ts';
import { keys } from '../store/keys.ts';
import type { EndDeps } from './end-turn.ts';
import type { TurnRecord } from './record.ts';
import { stopSession } from './stop.ts';

/**
 * `ordinary`: the post is a message like any other. `nothing_to_stop`: the person is to be told so. `done`: a stop
 * word that asks for nothing more, because its twin was heard before, or the person was told already.
 */
export type StopWordOutcome = 'ordinary' | 'requested' | 'stopped' | 'nothing_to_stop' | 'done';

/**
 * A post that is one of the agent's stop words and nothing else stops what runs in its thread, as a press of the
 * stop button at the time of the message. It is never a request, also where nothing runs: nobody who writes "stop"
 * wants work to begin. Repeating it (the twin of a mention, a second delivery) stops nothing else.
 */
export async function stopByWord(
  deps: EndDeps & { doors: Doors },
  post: InboundPost,
): Promise<StopWordOutcome> {
  if (post.files.length > 0 || !deps.doors.some((door) => door.isStopWord(post.text))) return 'ordinary';
  const key = keys.session(sessionIdOf(post));
  const session = await deps.store.get<SessionRecord>(key);
  if (!doorOf(deps.doors, session?.agent ?? '').isStopWord(post.text)) return 'ordinary';
  const at = Math.floor(Number(post.messageTs) * 1000);
  const { appId, installationId, channel, threadTs, author } = post;
  const thread = { appId, installationId, channel, threadTs };
  const outcome = await stopSession(deps, { ...thread, by: author.userId, at });
  if (outcome !== 'nothing_to_stop') return outcome;
  if (await stoppedSince(deps, key, at)) return 'done';
  return (await isFirstWord(deps, post, 'idle')) ? 'nothing_to_stop' : 'done';
}

/** Whether the thread's last turn was stopped after the message: by its twin, or by whoever was quicker. */
async function stoppedSince(
  { store }: EndDeps,
  key: ReturnType<typeof keys.session>,
  at: number,
): Promise<boolean> {
  const session = await store.get<SessionRecord>(key);
  if (!session?.lastTurnId) return false;
  const last = await store.get<TurnRecord>(keys.turn(session.lastTurnId));
  return last?.end?.state === 'stopped' && last.end.at >= at;
}
