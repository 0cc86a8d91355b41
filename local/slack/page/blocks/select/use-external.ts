import { useEffect, useState } from 'react';
import type { Json, JsonObject } from '../../../json.ts';
import { act } from '../../api/request.ts';
import type { ElementProps } from '../elements/element.tsx';
import { numberOf, wordOf } from '../read.ts';
import { type ItemGroup, optionGroups } from './item.ts';

/** Slack asks only from so many characters on, unless the element says otherwise. */
const DEFAULT_MIN_QUERY = 3;
const REST_MS = 300;

type Answer = { options?: Json; option_groups?: Json; error: string | null };

/** Options that the app gives for what is typed. `note` is what stands in the list instead of options. */
export function useExternal(
  { element, place, handle }: ElementProps,
  query: string,
  open: boolean,
): { groups: ItemGroup[]; note: string } {
  const [groups, setGroups] = useState<ItemGroup[]>([]);
  const [note, setNote] = useState('');
  const { owner, user } = handle;
  const isExternal = wordOf(element.type).endsWith('external_select') && owner.kind !== 'inert';
  const min = numberOf(element.min_query_length, DEFAULT_MIN_QUERY);
  const short = query.length < min;
  const actionId = wordOf(element.action_id);
  useEffect(() => {
    if (!isExternal || !open) return;
    setGroups([]);
    if (short) return setNote(`Type ${min === 1 ? 'a character' : `${min} characters`} or more`);
    setNote('Loading …');
    let stale = false;
    const where: JsonObject =
      owner.kind === 'message' ? { channel: owner.channel, ts: owner.ts } : { view_id: owner.viewId };
    const body = { user, action_id: actionId, block_id: place.blockId, value: query, ...where };
    const ask = async (): Promise<void> => {
      const { groups: given, note: said } = await answerOf(body);
      if (stale) return;
      setGroups(given);
      setNote(said);
    };
    const timer = setTimeout(() => void ask(), query === '' ? 0 : REST_MS);
    return () => {
      stale = true;
      clearTimeout(timer);
    };
  }, [isExternal, open, short, min, query, owner, user, actionId, place.blockId]);
  return { groups, note };
}

async function answerOf(body: JsonObject): Promise<{ groups: ItemGroup[]; note: string }> {
  try {
    const { error, ...given } = await act<Answer>('options', body);
    const groups = error === null ? optionGroups(given) : [];
    return { groups, note: error ?? '' };
  } catch (error) {
    return { groups: [], note: error instanceof Error ? error.message : String(error) };
  }
}
