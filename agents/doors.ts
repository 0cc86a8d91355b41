import { defineDoors } from '../core/sessions/doors.ts';

/**
 * How each agent is met in Slack, in the order of `agents`: the first takes every new thread. It stands apart from
 * the agents, so that the function that answers Slack need not load them and their tools.
 */
export const doors = defineDoors({
  assistant: { whileBusy: 'queue', stopWords: ['stop', 'stop it', 'cancel', 'halt'] },
});
