import { memo } from 'react';
import type { PageCall } from '../../store/types.ts';
import { durationOf, timeOf } from '../log/format.ts';
import { LogRow } from '../log/log-row.tsx';
import { Mark } from '../log/mark.tsx';
import { marksOf } from './call-marks.ts';

/** One Web API call in the list; drawn once, for a call never changes. */
export const CallRow = memo(function CallRow({ call }: { call: PageCall }) {
  const note = [call.error, call.about].filter((part) => part).join(' · ');
  return (
    <LogRow
      marks={marksOf(call).map(({ kind, word }) => <Mark key={kind} kind={kind} word={word} />)}
      name={call.method}
      note={note}
      bad={!call.ok}
      right={durationOf(call.durationMs)}
      time={timeOf(call.at)}
    />
  );
});
