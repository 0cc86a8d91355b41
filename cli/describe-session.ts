import type { SessionRecord } from '../core/sessions/record.ts';
import type { ToldSession } from './read-session.ts';
import { lineOf, tableOf, timeOf } from './terminal-text.ts';

/** Sessions as a table for people. */
export function describeSessions(sessions: readonly SessionRecord[]): string {
  if (sessions.length === 0) return 'No thread has a session yet.';
  return tableOf([
    ['SESSION', 'STATE', 'WAITING', 'LAST ACTIVE', 'THREAD', 'TITLE'],
    ...sessions.map(({ sessionId, state, queueLength, updatedAt, channel, threadTs, title }) => [
      sessionId,
      state,
      String(queueLength),
      timeOf(updatedAt),
      `${channel}:${threadTs}`,
      lineOf(title ?? '', 60),
    ]),
  ]);
}

/** One session for people: what it is, what was said, what waits, how its turns went. */
export function describeSession({ session, messages, queue, turns }: ToldSession): string {
  const { sessionId, state, title, titleBy, agent, channel, threadTs, installationId } = session;
  const given = title ? `${lineOf(title, 200)} (by the ${titleBy ?? 'model'})` : 'none';
  const parts = [
    `Session ${sessionId}: ${state}\nagent ${agent}, workspace ${installationId}, thread ${channel}:${threadTs}, title: ${given}`,
    tableOf([
      ['TIME', 'ROLE', 'AUTHOR', 'TEXT'],
      ...messages.map(({ at, role, author, head }) => [timeOf(at), role, author ?? '', head]),
    ]),
  ];
  if (queue.length > 0)
    parts.push(
      `Waiting:\n${tableOf(queue.map(({ at, post }) => [timeOf(at), post.author.userId, lineOf(post.text, 100)]))}`,
    );
  if (turns.length > 0)
    parts.push(
      `Turns:\n${tableOf(
        turns.map(({ turnId, state: turnState, kind, step, end, steeredInto }) => [
          turnId,
          turnState,
          `${step} steps`,
          [kind, end?.reason, steeredInto && `taken up by ${steeredInto}`].filter(Boolean).join('; '),
        ]),
      )}`,
    );
  return parts.join('\n\n');
}
