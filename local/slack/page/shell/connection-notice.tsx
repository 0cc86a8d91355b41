import { WifiOff } from 'lucide-react';
import { useStore } from '../store/store.ts';
import './connection-notice.css';

/** Says that the simulator does not answer; goes away by itself when it is back. */
export function ConnectionNotice() {
  const lost = useStore((state) => state.ready && !state.connected);
  return (
    <div className="connection-notice" role="status">
      {lost && (
        <p>
          <WifiOff size={16} aria-hidden="true" />
          The simulator does not answer. Trying to reconnect…
        </p>
      )}
    </div>
  );
}
