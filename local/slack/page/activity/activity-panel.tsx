import { PanelRightClose } from 'lucide-react';
import { Tabs } from 'radix-ui';
import { useEffect, useRef } from 'react';
import { IconButton } from '../ui/button.tsx';
import { CallsTab } from './calls/calls-tab.tsx';
import { DeliveriesTab } from './deliveries/deliveries-tab.tsx';
import { useFaultCount, useFollowFaults } from './faults/active-faults.ts';
import { FaultsTab } from './faults/faults-tab.tsx';
import { foldPanel, NARROW, type PanelTab, TABS, usePanel } from './frame/panel-state.ts';
import { Rail } from './frame/rail.tsx';
import { ResizeHandle } from './frame/resize-handle.tsx';
import { LimitsTab } from './limits/limits-tab.tsx';
import { SettingsTab } from './settings/settings-tab.tsx';
import './activity-panel.css';

const CONTENTS: Record<PanelTab, () => React.JSX.Element> = {
  calls: CallsTab,
  deliveries: DeliveriesTab,
  limits: LimitsTab,
  faults: FaultsTab,
  settings: SettingsTab,
};

/** The panel on the right: what the app called and was told, its limits, and what may go wrong. */
export function ActivityPanel() {
  const open = usePanel((state) => state.open);
  const width = usePanel((state) => state.width);
  const tab = usePanel((state) => state.tab);
  const faults = useFaultCount();
  useFollowFaults();
  const panel = useRef<HTMLElement>(null);
  const wasOpen = useRef(open);

  // The button that was pressed is gone: the focus goes on to what took its place.
  useEffect(() => {
    if (wasOpen.current !== open)
      panel.current
        ?.querySelector<HTMLElement>(open ? '[role="tab"][data-state="active"]' : 'button')
        ?.focus();
    wasOpen.current = open;
  }, [open]);

  return (
    <aside
      ref={panel}
      className={open ? 'activity-panel' : 'activity-panel folded'}
      aria-label="What the app did"
      style={open ? { width } : undefined}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && open && window.innerWidth < NARROW) foldPanel();
      }}
    >
      {open ? (
        <Tabs.Root
          className="activity-panel-open"
          value={tab}
          onValueChange={(value) => usePanel.setState({ tab: value as PanelTab })}
        >
          <ResizeHandle />
          <header className="activity-panel-head">
            <h2>What the app did</h2>
            <IconButton label="Fold the panel" aria-expanded={true} onClick={foldPanel}>
              <PanelRightClose size={18} aria-hidden />
            </IconButton>
          </header>
          <Tabs.List className="activity-panel-tabs" aria-label="What the app did">
            {TABS.map(({ id, label }) => (
              <Tabs.Trigger key={id} value={id}>
                {label}
                {id === 'faults' && faults > 0 && <span className="activity-panel-count">{faults}</span>}
              </Tabs.Trigger>
            ))}
          </Tabs.List>
          {TABS.map(({ id }) => {
            const Content = CONTENTS[id];
            return (
              <Tabs.Content key={id} value={id} className="activity-panel-content" tabIndex={-1}>
                <Content />
              </Tabs.Content>
            );
          })}
        </Tabs.Root>
      ) : (
        <Rail />
      )}
    </aside>
  );
}
