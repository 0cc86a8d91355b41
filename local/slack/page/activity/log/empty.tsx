import { Button } from '../../ui/button.tsx';
import './empty.css';

/** What stands where a log would: why there is nothing, and what to do. */
export function Empty({
  text,
  action,
}: {
  text: string;
  action?: { text: string; run: () => void } | undefined;
}) {
  return (
    <div className="log-empty">
      <p>{text}</p>
      {action && <Button onClick={action.run}>{action.text}</Button>}
    </div>
  );
}
