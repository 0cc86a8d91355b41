import type { Simulator } from '../simulator.ts';
import type { Channel } from '../world/types.ts';

/**
 * What Slack's composer does: handles of people and user groups become mentions, names of channels links.
 *
 * @param with_.named with the name in the mention too, as in the text of a slash command (`should_escape`, §5)
 */
export function withMentions(
  sim: Simulator,
  channel: Channel,
  text: string,
  with_: { named?: boolean } = {},
): string {
  const teams = new Set([channel.teamId, ...channel.sharedWith]);
  const here = <T extends { teamId: string }>(all: Iterable<T>) =>
    [...all].filter((one) => teams.has(one.teamId));
  const people = here(sim.world.people.values());
  const groups = here(sim.world.userGroups.values());
  const channels = here(sim.world.channels.values()).filter((one) => ['channel', 'group'].includes(one.kind));
  const resolve = (whole: string, before: string, sign: string, name: string): string => {
    if (sign === '#') {
      const found = channels.find((one) => one.name === name);
      return found ? `${before}<#${found.id}|${found.name}>` : whole;
    }
    if (['here', 'channel', 'everyone'].includes(name)) return `${before}<!${name}>`;
    const person = people.find((one) => one.name === name && !one.deleted);
    if (person) return `${before}<@${person.id}${with_.named ? `|${person.name}` : ''}>`;
    const group = groups.find((one) => one.handle === name && !one.deleted);
    return group ? `${before}<!subteam^${group.id}|@${group.handle}>` : whole;
  };
  return text.replaceAll(/(^|[\s(])([@#])([a-z0-9_.-]*[a-z0-9_-])/g, resolve);
}
