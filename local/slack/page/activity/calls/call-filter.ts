import type { ChannelMessages, PageCall } from '../../store/types.ts';
import { isInThread, type ThreadPlace } from '../log/thread-filter.ts';
import { placed } from './call-place.ts';

export type CallFilter = {
  text: string;
  /** Empty: all. */
  method: string;
  errorsOnly: boolean;
  thread: ThreadPlace | undefined;
  /** Calls up to this id were cleared from the view. */
  clearedUpTo: number;
};

export const ALL_CALLS: CallFilter = {
  text: '',
  method: '',
  errorsOnly: false,
  thread: undefined,
  clearedUpTo: 0,
};

/** The calls that a filter lets through, in their order. */
export function filteredCalls(
  calls: PageCall[],
  filter: CallFilter,
  messages: Map<string, ChannelMessages>,
): PageCall[] {
  const text = filter.text.trim().toLowerCase();
  return calls.filter(
    (call) =>
      call.id > filter.clearedUpTo &&
      (filter.method === '' || call.method === filter.method) &&
      (!filter.errorsOnly || !call.ok) &&
      (text === '' || includes(call, text)) &&
      isInThread(placed(call), filter.thread, messages),
  );
}

/** The methods that were called, by name. */
export const methodsOf = (calls: PageCall[]): string[] =>
  [...new Set(calls.map((call) => call.method))].sort();

const includes = (call: PageCall, text: string): boolean =>
  [call.method, call.about, call.error ?? '', call.fault ?? ''].some((part) =>
    part.toLowerCase().includes(text),
  );
