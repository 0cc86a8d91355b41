import { useMemo, useState } from 'react';
import { useStore } from '../../store/store.ts';
import type { PageDelivery } from '../../store/types.ts';
import { Empty } from '../log/empty.tsx';
import { showMessage } from '../log/jump.ts';
import { LogList } from '../log/log-list.tsx';
import { LogTab } from '../log/log-tab.tsx';
import { ThreadToggle } from '../log/thread-toggle.tsx';
import { Choice, Toggle, Toolbar } from '../log/toolbar.tsx';
import { useThrottled } from '../log/use-throttled.ts';
import { DeliveryDetails } from './delivery-details.tsx';
import { ALL_DELIVERIES, filteredDeliveries, useDeliveryFilter } from './delivery-filter.ts';
import { DeliveryRow } from './delivery-row.tsx';

const deliveries = (state: { deliveries: PageDelivery[] }): PageDelivery[] => state.deliveries;
const row = (delivery: PageDelivery) => <DeliveryRow delivery={delivery} />;

/** Everything that Slack sent to the apps: events, interactions, commands and questions for options. */
export function DeliveriesTab() {
  const all = useThrottled(deliveries);
  const filter = useDeliveryFilter();
  const [openedId, setOpenedId] = useState<number>();
  const shown = useMemo(() => filteredDeliveries(all, filter, useStore.getState().messages), [all, filter]);
  const types = useMemo(() => [...new Set(all.map((one) => one.type))].sort(), [all]);
  const opened = openedId === undefined ? undefined : all.find((one) => one.id === openedId);

  const open = (delivery: PageDelivery, chosen: boolean): void => {
    setOpenedId(delivery.id);
    if (chosen && delivery.channel !== '' && delivery.ts !== '')
      showMessage({ channel: delivery.channel, ts: delivery.ts });
  };

  return (
    <LogTab opened={opened !== undefined} onClose={() => setOpenedId(undefined)}>
      <Toolbar
        label="deliveries"
        text={filter.text}
        onText={(text) => useDeliveryFilter.setState({ text })}
        onClear={() => {
          setOpenedId(undefined);
          useDeliveryFilter.setState({ clearedUpTo: all.at(-1)?.id ?? 0 });
        }}
      >
        <Choice
          label="Type"
          value={filter.type}
          onChange={(type) => useDeliveryFilter.setState({ type })}
          options={[
            { value: '', text: 'All types' },
            ...[...new Set([...types, filter.type])]
              .filter((type) => type !== '')
              .map((type) => ({ value: type, text: type })),
          ]}
        />
        <Toggle on={filter.failedOnly} onChange={(failedOnly) => useDeliveryFilter.setState({ failedOnly })}>
          Failed only
        </Toggle>
        <ThreadToggle thread={filter.thread} onChange={(thread) => useDeliveryFilter.setState({ thread })} />
      </Toolbar>
      {shown.length === 0 ? (
        <Empty
          text={
            all.length === 0
              ? 'Nothing was sent to the app yet. Mention it or press one of its buttons.'
              : 'No delivery matches what you asked for.'
          }
          action={
            all.length === 0
              ? undefined
              : { text: 'Show all', run: () => useDeliveryFilter.setState(ALL_DELIVERIES) }
          }
        />
      ) : (
        <LogList label="Deliveries" items={shown} opened={openedId} onOpen={open} row={row} />
      )}
      {opened && (
        <DeliveryDetails
          key={opened.id}
          delivery={opened}
          onClose={() => setOpenedId(undefined)}
          onThread={(thread) => useDeliveryFilter.setState({ thread })}
        />
      )}
    </LogTab>
  );
}
