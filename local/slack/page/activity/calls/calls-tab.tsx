import { useMemo, useState } from 'react';
import { useStore } from '../../store/store.ts';
import type { PageCall } from '../../store/types.ts';
import { Empty } from '../log/empty.tsx';
import { showMessage } from '../log/jump.ts';
import { LogList } from '../log/log-list.tsx';
import { LogTab } from '../log/log-tab.tsx';
import { ThreadToggle } from '../log/thread-toggle.tsx';
import { Choice, Toggle, Toolbar } from '../log/toolbar.tsx';
import { useThrottled } from '../log/use-throttled.ts';
import { CallDetails } from './call-details.tsx';
import { ALL_CALLS, filteredCalls, methodsOf } from './call-filter.ts';
import { useCallFilter } from './call-filter-state.ts';
import { placeOf } from './call-place.ts';
import { CallRow } from './call-row.tsx';

const calls = (state: { calls: PageCall[] }): PageCall[] => state.calls;
const row = (call: PageCall) => <CallRow call={call} />;

/** Every Web API call that the apps made, newest last. */
export function CallsTab() {
  const all = useThrottled(calls);
  const filter = useCallFilter();
  const [opened, setOpened] = useState<PageCall>();
  const shown = useMemo(() => filteredCalls(all, filter, useStore.getState().messages), [all, filter]);
  const methods = useMemo(() => methodsOf(all), [all]);

  const open = (call: PageCall, chosen: boolean): void => {
    setOpened(call);
    const place = placeOf(call);
    if (chosen && place) showMessage(place);
  };
  const clear = (): void => {
    setOpened(undefined);
    useCallFilter.setState({ clearedUpTo: all.at(-1)?.id ?? 0 });
  };

  return (
    <LogTab opened={opened !== undefined} onClose={() => setOpened(undefined)}>
      <Toolbar
        label="API calls"
        text={filter.text}
        onText={(text) => useCallFilter.setState({ text })}
        onClear={clear}
      >
        <Choice
          label="Method"
          value={filter.method}
          onChange={(method) => useCallFilter.setState({ method })}
          options={[
            { value: '', text: 'All methods' },
            ...withChosen(methods, filter.method).map((method) => ({ value: method, text: method })),
          ]}
        />
        <Toggle on={filter.errorsOnly} onChange={(errorsOnly) => useCallFilter.setState({ errorsOnly })}>
          Errors only
        </Toggle>
        <ThreadToggle thread={filter.thread} onChange={(thread) => useCallFilter.setState({ thread })} />
      </Toolbar>
      {shown.length === 0 ? (
        <Empty
          text={
            all.length === 0
              ? 'No app has called the Web API yet. Write to the agent, and its calls appear here.'
              : 'No call matches what you asked for.'
          }
          action={
            all.length === 0 ? undefined : { text: 'Show all', run: () => useCallFilter.setState(ALL_CALLS) }
          }
        />
      ) : (
        <LogList label="API calls" items={shown} opened={opened?.id} onOpen={open} row={row} />
      )}
      {opened && (
        <CallDetails
          call={opened}
          onClose={() => setOpened(undefined)}
          onThread={(thread) => useCallFilter.setState({ thread })}
        />
      )}
    </LogTab>
  );
}

/** The chosen method stays choosable when its calls were forgotten. */
const withChosen = (methods: string[], chosen: string): string[] =>
  chosen === '' || methods.includes(chosen) ? methods : [chosen, ...methods];
