import { Trash2, TriangleAlert } from 'lucide-react';
import { memo, useMemo } from 'react';
import { visibleStream } from '../../streaming/viewer.ts';
import { Blocks } from '../blocks/blocks.tsx';
import { usePerson } from '../store/selectors.ts';
import { useStore } from '../store/store.ts';
import type { Message } from '../store/types.ts';
import { MessageFiles } from './message-files.tsx';

/** What a message says: blocks, files, whether it was edited, still grows, or broke off. */
export const MessageBody = memo(function MessageBody({ message }: { message: Message }) {
  const { channel, ts } = message;
  const user = useStore((state) => state.user);
  const owner = useMemo(() => ({ kind: 'message', channel, ts }) as const, [channel, ts]);
  if (message.subtype === 'tombstone')
    return (
      <div className="message-tombstone">
        <Trash2 size={14} aria-hidden="true" /> This message was deleted.
      </div>
    );
  const { blocks, live, blank, failure, hint } = visibleStream(message, user);
  return (
    <div className="message-body">
      {blocks.length > 0 && <Blocks blocks={blocks} owner={owner} tail={message.edited ? EDITED : null} />}
      {message.files && <MessageFiles files={message.files} />}
      {message.edited && blocks.length === 0 && EDITED}
      {live && <Dots label="Writing" />}
      {blank && <BlankStream liveFor={message.stream?.liveFor ?? ''} hint={hint ?? ''} />}
      {failure !== null && (
        <div className="message-errored">
          <TriangleAlert size={14} aria-hidden="true" /> {failure}
        </div>
      )}
    </div>
  );
});

/** One object for all, so that nothing is drawn again for it. */
const EDITED = <span className="message-edited">(edited)</span>;

/** What others see of a stream while it is live for one person. */
function BlankStream({ liveFor, hint }: { liveFor: string; hint: string }) {
  const person = usePerson(liveFor);
  return (
    <div className="message-blank" title={hint}>
      Being written for {person?.displayName ?? liveFor}; you will see it when it is done.
    </div>
  );
}

/** Three dots that breathe: something is being written. */
export function Dots({ label }: { label: string }) {
  return (
    <span className="dots" role="img" aria-label={label}>
      <i />
      <i />
      <i />
    </span>
  );
}
