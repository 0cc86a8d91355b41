import type { JsonObject } from '../../../json.ts';
import { canSee } from '../../store/place.ts';
import { channelName } from '../../store/selectors.ts';
import type { Channel, Person } from '../../store/types.ts';
import { objectOf, wordsOf } from '../read.ts';
import type { Item, ItemGroup } from './item.ts';

/** Who looks, and what there is. */
export type World = {
  user: string;
  people: ReadonlyMap<string, Person>;
  channels: ReadonlyMap<string, Channel>;
};

/** People of the workspace, bots too, as Slack offers them. */
export function peopleItems({ user, people }: World): ItemGroup[] {
  const team = people.get(user)?.teamId;
  const items = [...people.values()]
    .filter((one) => !one.deleted && one.teamId === team)
    .map((one) => ({ value: one.id, label: one.displayName, description: one.title, json: one.id }));
  return group(items);
}

/** Public channels. */
export function channelItems({ user, people, channels }: World): ItemGroup[] {
  const me = people.get(user);
  const visible = [...channels.values()].filter(
    (one) => one.kind === 'channel' && !one.archived && me && canSee(one, me),
  );
  return group(
    visible.map((one) => ({ value: one.id, label: `#${one.name}`, description: one.topic, json: one.id })),
  );
}

const KINDS: Record<Channel['kind'], string> = {
  channel: 'public',
  group: 'private',
  im: 'im',
  mpim: 'mpim',
};

/** All conversations of the person, as the element's `filter` wants them (§3.2 conversations_select). */
export function conversationItems({ user, people, channels }: World, element: JsonObject): ItemGroup[] {
  const filter = objectOf(element.filter);
  const include = filter?.include === undefined ? Object.values(KINDS) : wordsOf(filter.include);
  const me = people.get(user);
  const isBotDm = (one: Channel): boolean =>
    one.kind === 'im' && one.members.some((id) => id !== user && people.get(id)?.isBot === true);
  const items = [...channels.values()]
    .filter(
      (one) => !one.archived && me !== undefined && canSee(one, me) && include.includes(KINDS[one.kind]),
    )
    .filter((one) => !(filter?.exclude_external_shared_channels === true && one.extShared))
    .filter((one) => !(filter?.exclude_bot_users === true && isBotDm(one)))
    .map((one) => {
      const name = channelName(one, user, people);
      const isDirect = one.kind === 'im' || one.kind === 'mpim';
      return { value: one.id, label: isDirect ? name : `#${name}`, description: one.topic, json: one.id };
    });
  return group(items);
}

function group(items: Item[]): ItemGroup[] {
  return [{ label: '', items: items.toSorted((one, other) => one.label.localeCompare(other.label)) }];
}
