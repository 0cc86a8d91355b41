import { useMemo } from 'react';
import { useStore } from '../../store/store.ts';
import type { PageCall, PageDelivery } from '../../store/types.ts';
import { useThrottled } from '../log/use-throttled.ts';
import { ActiveList } from './active-list.tsx';
import { PresetRow } from './preset-row.tsx';
import { PRESETS } from './presets.ts';
import '../ui/fields.css';
import './faults-tab.css';

/** Names that are offered before the app called or was told anything. */
const METHODS = [
  'chat.*',
  'chat.startStream',
  'chat.appendStream',
  'chat.stopStream',
  'chat.postMessage',
  'chat.update',
  'views.open',
  'agents.sessions.setStatus',
  'response_url',
];
const TYPES = ['app_mention', 'message', 'block_actions', 'view_submission'];

const calls = (state: { calls: PageCall[] }): PageCall[] => state.calls;
const deliveries = (state: { deliveries: PageDelivery[] }): PageDelivery[] => state.deliveries;
const named = (given: string[], seen: string[]): string[] => [...new Set([...given, ...seen])].sort();

/** What can go wrong between Slack and the app, to be switched on and off. */
export function FaultsTab() {
  const allCalls = useThrottled(calls, 2_000);
  const allDeliveries = useThrottled(deliveries, 2_000);
  const methods = useMemo(
    () =>
      named(
        METHODS,
        allCalls.map((one) => one.method),
      ),
    [allCalls],
  );
  const types = useMemo(
    () =>
      named(
        TYPES,
        allDeliveries.map((one) => one.type),
      ),
    [allDeliveries],
  );
  const none = useStore((state) => state.faults.length === 0);
  return (
    <div className="panel-page">
      {none && (
        <p className="panel-hint">
          Slack behaves well. Switch on what should go wrong and see what the app makes of it; the arrow
          chooses for what and how often.
        </p>
      )}
      <ActiveList />
      <h3 className="panel-heading">The app’s calls</h3>
      <ul className="fault-presets">
        {PRESETS.filter((one) => one.target === 'api').map((preset) => (
          <PresetRow key={preset.id} preset={preset} subjects={methods} />
        ))}
      </ul>
      <h3 className="panel-heading">Deliveries to the app</h3>
      <ul className="fault-presets">
        {PRESETS.filter((one) => one.target === 'delivery').map((preset) => (
          <PresetRow key={preset.id} preset={preset} subjects={types} />
        ))}
      </ul>
    </div>
  );
}
