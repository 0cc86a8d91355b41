import { CirclePause, LoaderCircle } from 'lucide-react';
import { useSessionStatus } from './session.ts';
import './session-status.css';

/** What the agent of a thread is doing: working, waiting for a person, or nothing to say (§10.1). */
export function SessionStatus({ channel, thread }: { channel: string; thread: string }) {
  const status = useSessionStatus(channel, thread);
  if (status === '') return null;
  return (
    <span className={`session-status session-${status}`}>
      {status === 'working' ? (
        <LoaderCircle size={14} className="session-spinner" aria-hidden="true" />
      ) : (
        <CirclePause size={14} aria-hidden="true" />
      )}
      {status === 'working' ? 'Working…' : 'Waiting for you'}
    </span>
  );
}
