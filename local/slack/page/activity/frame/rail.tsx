import { Gauge, ListTree, PanelRightOpen, Send, SlidersHorizontal, Zap } from 'lucide-react';
import { IconButton } from '../../ui/button.tsx';
import { useFaultCount } from '../faults/active-faults.ts';
import { counted } from '../log/format.ts';
import { openPanel, type PanelTab, TABS } from './panel-state.ts';
import './rail.css';

const ICONS: Record<PanelTab, typeof Gauge> = {
  calls: ListTree,
  deliveries: Send,
  limits: Gauge,
  faults: Zap,
  settings: SlidersHorizontal,
};

/** The folded panel: one button per tab, and a mark while a fault is on. */
export function Rail() {
  const faults = useFaultCount();
  return (
    <div className="rail">
      <IconButton label="Show what the app did" aria-expanded={false} onClick={() => openPanel()}>
        <PanelRightOpen size={18} aria-hidden />
      </IconButton>
      {TABS.map(({ id, label }) => {
        const Icon = ICONS[id];
        const marked = id === 'faults' && faults > 0;
        return (
          <IconButton
            key={id}
            className={marked ? 'marked' : ''}
            label={marked ? `${label}: ${counted(faults, 'fault is', 'faults are')} on` : label}
            onClick={() => openPanel(id)}
          >
            <Icon size={18} aria-hidden />
            {marked && <span className="rail-mark">{faults}</span>}
          </IconButton>
        );
      })}
    </div>
  );
}
