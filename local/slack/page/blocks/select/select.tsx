import { useMemo, useState } from 'react';
import type { Json } from '../../../json.ts';
import { useStore } from '../../store/store.ts';
import type { ElementProps } from '../elements/element.tsx';
import { numberOf, wordOf } from '../read.ts';
import { chosenItems, found, type Item, type ItemGroup, optionGroups } from './item.ts';
import { Picker } from './picker.tsx';
import { channelItems, conversationItems, peopleItems } from './sources.ts';
import { useExternal } from './use-external.ts';

/** A select menu of any source, for one choice or for several. */
export function Select(props: ElementProps) {
  const { element, place, handle } = props;
  const type = wordOf(element.type);
  const isMulti = type.startsWith('multi_');
  const isExternal = type.endsWith('external_select');
  const [open, setOpen] = useState(false);
  const [query, setQuery] = useState('');
  // Several choices outside of a form are told together, when the menu closes.
  const [picked, setPicked] = useState<Item[] | undefined>();
  const own = useOwnItems(props);
  const external = useExternal(props, query, open);
  const chosen = picked ?? chosenItems(handle.value, own);
  const groups = isExternal ? external.groups : found(own, query);
  const waits = isMulti && (!place.isInput || place.dispatches);

  const tell = (items: Item[]): void => {
    const json: Json[] = items.map((item) => item.json);
    handle.change(isMulti ? json : (json[0] ?? null));
  };
  const choose = (item: Item): void => {
    if (!isMulti) {
      setOpen(false);
      if (item.value !== chosen[0]?.value) tell([item]);
      return;
    }
    const isChosen = chosen.some((one) => one.value === item.value);
    const next = isChosen ? chosen.filter((one) => one.value !== item.value) : [...chosen, item];
    if (waits) setPicked(next);
    else tell(next);
  };
  const turn = (nowOpen: boolean): void => {
    setOpen(nowOpen);
    setQuery('');
    if (nowOpen || !picked) return;
    setPicked(undefined);
    if (!sameItems(picked, chosenItems(handle.value, own))) tell(picked);
  };
  return (
    <Picker
      {...{ element, place, handle, isMulti, open, query, groups, chosen }}
      onOpen={turn}
      onQuery={setQuery}
      onChoose={choose}
      onRemove={(item) => tell(chosen.filter((one) => one.value !== item.value))}
      note={isExternal ? external.note : ''}
      max={numberOf(element.max_selected_items, Number.POSITIVE_INFINITY)}
    />
  );
}

/** What the element itself offers, or the workspace for it. */
function useOwnItems({ element, handle }: ElementProps): ItemGroup[] {
  const people = useStore((state) => state.people);
  const channels = useStore((state) => state.channels);
  return useMemo(() => {
    const world = { user: handle.user, people, channels };
    const type = wordOf(element.type);
    if (type.endsWith('users_select')) return peopleItems(world);
    if (type.endsWith('conversations_select')) return conversationItems(world, element);
    if (type.endsWith('channels_select')) return channelItems(world);
    return optionGroups(element);
  }, [element, handle.user, people, channels]);
}

const sameItems = (one: Item[], other: Item[]): boolean =>
  one.length === other.length && one.every((item, at) => item.value === other[at]?.value);
