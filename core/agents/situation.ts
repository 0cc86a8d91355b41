import type { TurnRecord } from '../turns/record.ts';

/**
 * Tells the model where it is: appended to an agent's instructions. Pure, and the same in each step of a turn (its
 * date is the day the turn began, in UTC), so that a provider can reuse what it has already read.
 */
export function situationOf(
  turn: Pick<TurnRecord, 'channel' | 'threadTs' | 'requester' | 'createdAt'>,
): string {
  const date = new Date(turn.createdAt).toISOString().slice(0, 10);
  const place = turn.channel.startsWith('D')
    ? 'a direct message'
    : 'a thread that the channel’s members can read';
  return [
    '# Situation',
    `- Today is ${date} (UTC). Use a tool where the time of day or somebody's time zone matters.`,
    `- You are in Slack, in channel <#${turn.channel}>, in ${place} (thread ${turn.threadTs}).`,
    `- <@${turn.requester.userId}> asks. Slack notifies them when you are done: do not mention them for that.`,
  ].join('\n');
}
