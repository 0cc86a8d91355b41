import { memo } from 'react';
import { useMessage } from '../store/selectors.ts';
import { useStore } from '../store/store.ts';
import { dayKey, dayLabel } from '../ui/time.ts';
import { simulatorNow, useClock } from '../ui/use-clock.ts';
import { isTogether } from './grouping.ts';
import { MessageView } from './message-view.tsx';
import './message-row.css';

/** One row of a list: the message, and before it what divides days, read from new, a parent from its replies. */
export const MessageRow = memo(function MessageRow({
  channel,
  ts,
  previous,
  inThread,
  isNew,
}: {
  channel: string;
  ts: string;
  previous: string;
  inThread: boolean;
  /** It is the first one that the person has not read. */
  isNew: boolean;
}) {
  const message = useMessage(channel, ts);
  const clock = useClock();
  const together = useStore((state) => {
    const byTs = state.messages.get(channel)?.byTs;
    const current = byTs?.get(ts);
    return current !== undefined && isTogether(current, byTs?.get(previous));
  });
  if (!message) return <div className="row-gone" />;
  const newDay = !inThread && (previous === '' || dayKey(previous, clock) !== dayKey(ts, clock));
  const afterParent = inThread && message.threadTs !== undefined && previous === message.threadTs;
  return (
    <>
      {newDay && (
        <div className="divider">
          <span className="divider-day">{dayLabel(ts, clock, simulatorNow())}</span>
        </div>
      )}
      {afterParent && <ReplyDivider channel={channel} parent={previous} />}
      {isNew && (
        <div className="divider divider-new">
          <span>New</span>
        </div>
      )}
      <MessageView
        message={message}
        inThread={inThread}
        together={together && !newDay && !afterParent && !isNew}
      />
    </>
  );
});

/** "3 replies" between a thread's parent and its replies. */
function ReplyDivider({ channel, parent }: { channel: string; parent: string }) {
  const count = useStore((state) => {
    const messages = state.messages.get(channel);
    return (messages?.replies.get(parent) ?? []).filter((ts) => !messages?.ephemeral.has(ts)).length;
  });
  if (count === 0) return null;
  return (
    <div className="divider divider-replies">
      <span>{count === 1 ? '1 reply' : `${count} replies`}</span>
    </div>
  );
}
