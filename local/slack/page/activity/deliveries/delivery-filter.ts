import { create } from 'zustand';
import type { ChannelMessages, PageDelivery } from '../../store/types.ts';
import { isInThread, type ThreadPlace } from '../log/thread-filter.ts';

export type DeliveryFilter = {
  text: string;
  /** Empty: all. */
  type: string;
  failedOnly: boolean;
  thread: ThreadPlace | undefined;
  clearedUpTo: number;
};

export const ALL_DELIVERIES: DeliveryFilter = {
  text: '',
  type: '',
  failedOnly: false,
  thread: undefined,
  clearedUpTo: 0,
};

/** What is shown of the deliveries; stays while other tabs are looked at. */
export const useDeliveryFilter = create<DeliveryFilter>(() => ALL_DELIVERIES);

/** The deliveries that a filter lets through, in their order. One that failed once counts as failed. */
export function filteredDeliveries(
  deliveries: PageDelivery[],
  filter: DeliveryFilter,
  messages: Map<string, ChannelMessages>,
): PageDelivery[] {
  const text = filter.text.trim().toLowerCase();
  return deliveries.filter(
    (one) =>
      one.id > filter.clearedUpTo &&
      (filter.type === '' || one.type === filter.type) &&
      (!filter.failedOnly || hadTrouble(one)) &&
      (text === '' || includes(one, text)) &&
      isInThread(one, filter.thread, messages),
  );
}

const hadTrouble = (one: PageDelivery): boolean =>
  one.state === 'failed' ||
  one.state === 'dropped' ||
  one.state === 'no_url' ||
  one.attempts.some((attempt) => attempt.failure !== null);

const includes = (one: PageDelivery, text: string): boolean =>
  [one.type, one.about, one.state, one.eventId ?? '', one.attempts.at(-1)?.failure ?? ''].some((part) =>
    part.toLowerCase().includes(text),
  );
