import { request } from '../../api/request.ts';
import type { App } from '../../store/types.ts';
import { attempt } from '../../ui/toast.tsx';
import { SwitchRow } from './switch-row.tsx';

const SWITCHES = [
  { name: 'isAgent', label: 'Is an agent', hint: 'Streams create sessions' },
  { name: 'homeTab', label: 'Has a Home tab' },
  { name: 'messagesTab', label: 'Has a Messages tab' },
  { name: 'delayedEvents', label: 'Delayed events', hint: 'Hourly retries for a day' },
  { name: 'tokenRotation', label: 'Token rotation', hint: 'For installs from now on' },
  { name: 'eventsDisabled', label: 'Events switched off by Slack', hint: 'As after too many failures' },
] as const;

/** What an app is and may, as its manifest would say. */
export function AppSwitches({ app }: { app: App }) {
  return (
    <div className="settings-switches">
      {SWITCHES.map(({ name, label, ...rest }) => (
        <SwitchRow
          key={name}
          label={label}
          hint={'hint' in rest ? rest.hint : undefined}
          on={app[name]}
          onChange={(on) => void attempt(() => request('PUT', '/app', { app: app.id, [name]: on }))}
        />
      ))}
    </div>
  );
}
