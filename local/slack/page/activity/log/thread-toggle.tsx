import { useStore } from '../../store/store.ts';
import type { ThreadPlace } from './thread-filter.ts';
import { Toggle } from './toolbar.tsx';

/** Shows only what belongs to one thread: the one that is open on the page when it is pressed. */
export function ThreadToggle({
  thread,
  onChange,
}: {
  thread: ThreadPlace | undefined;
  onChange: (thread: ThreadPlace | undefined) => void;
}) {
  const channel = useStore((state) => state.channel);
  const ts = useStore((state) => state.thread);
  const possible = thread !== undefined || ts !== '';
  return (
    <Toggle
      on={thread !== undefined}
      disabled={!possible}
      title={possible ? 'Only what belongs to this thread' : 'Open a thread first'}
      onChange={(on) => onChange(on ? { channel, ts } : undefined)}
    >
      One thread
    </Toggle>
  );
}
