import { ArrowDown } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useEffect, useMemo, useRef } from 'react';
import { Virtuoso, type VirtuosoHandle } from 'react-virtuoso';
import { useStore } from '../store/store.ts';
import { Announcer } from './announcer.tsx';
import { useFollowEnd } from './follow-end.ts';
import { MessageRow } from './message-row.tsx';
import { useLead } from './use-lead.ts';
import './message-list.css';

type Context = { channel: string; inThread: boolean; newSince: string; list: string[]; intro: ReactNode };

/**
 * Messages, oldest first, of which only those in view are drawn. Mount it anew (`key`) for another place: it begins
 * at its end, or at the message that the address names.
 */
export function MessageList({
  channel,
  list,
  label,
  inThread = false,
  newSince = '',
  intro = null,
}: {
  channel: string;
  list: string[];
  label: string;
  inThread?: boolean;
  newSince?: string;
  /** What stands above the first message, or alone. */
  intro?: ReactNode;
}) {
  const virtuoso = useRef<VirtuosoHandle>(null);
  const frame = useRef<HTMLDivElement>(null);
  const target = useTarget(channel);
  const targetAt = target === '' ? -1 : list.indexOf(target);
  const { scrollerRef, atEnd, toEnd, letGo } = useFollowEnd(targetAt < 0, list.length === 0);
  const context = useMemo(
    () => ({ channel, inThread, newSince, list, intro }),
    [channel, inThread, newSince, list, intro],
  );
  const seen = useRef(list.at(-1) ?? '');
  const newest = list.at(-1) ?? '';
  if (atEnd) seen.current = newest;
  const missed = atEnd ? 0 : countAfter(list, seen.current);

  const newestIsMine = useStore(
    (state) => state.messages.get(channel)?.byTs.get(newest)?.user === state.user,
  );
  const first = useRef(newest);
  useEffect(() => {
    if (newestIsMine && newest !== first.current) toEnd();
    first.current = newest;
  }, [newestIsMine, newest, toEnd]);

  useLead({ virtuoso, frame, list, target, letGo });

  return (
    <div ref={frame} className="messages">
      <Virtuoso<string, Context>
        ref={virtuoso}
        role="log"
        onKeyDown={walk}
        aria-live="off"
        aria-label={label}
        className="messages-scroller"
        scrollerRef={scrollerRef}
        data={list}
        context={context}
        computeItemKey={keyOf}
        itemContent={row}
        components={COMPONENTS}
        initialTopMostItemIndex={
          targetAt < 0 ? { index: 'LAST', align: 'end' } : { index: targetAt, align: 'center' }
        }
        increaseViewportBy={400}
        alignToBottom={!inThread}
      />
      {missed > 0 && (
        <button type="button" className="messages-jump" onClick={toEnd}>
          <ArrowDown size={14} aria-hidden="true" />
          {missed === 1 ? '1 new message' : `${missed} new messages`}
        </button>
      )}
      <Announcer channel={channel} newest={newest} />
    </div>
  );
}

const keyOf = (_index: number, ts: string): string => ts;

const row = (index: number, ts: string, { channel, inThread, newSince, list, intro }: Context) => (
  <>
    {index === 0 && intro}
    <MessageRow
      channel={channel}
      ts={ts}
      previous={list[index - 1] ?? ''}
      inThread={inThread}
      isNew={newSince !== '' && ts > newSince && (list[index - 1] ?? '') <= newSince}
    />
  </>
);

const COMPONENTS = {
  EmptyPlaceholder: ({ context }: { context?: Context }) => (
    <div className="messages-empty">{context?.intro}</div>
  ),
  Footer: () => <div className="messages-foot" />,
};

/** The message to show: what the panel points at, or what the address names. */
const useTarget = (channel: string): string =>
  useStore((state) => (state.highlight?.channel === channel ? state.highlight.ts : state.target));

function countAfter(list: string[], ts: string): number {
  let count = 0;
  for (let at = list.length - 1; at >= 0 && (list[at] ?? '') > ts; at--) count++;
  return count;
}

/** Arrow keys walk from message to message. */
function walk(event: KeyboardEvent<HTMLDivElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const from = event.target as HTMLElement;
  if (step === undefined || event.defaultPrevented) return;
  if (!from.matches('article, .messages-scroller')) return;
  const messages = [...event.currentTarget.querySelectorAll<HTMLElement>('article.message')];
  const at = messages.indexOf(from);
  const to = at < 0 ? messages.at(-1) : messages[at + step];
  if (!to) return;
  event.preventDefault();
  to.focus();
}
