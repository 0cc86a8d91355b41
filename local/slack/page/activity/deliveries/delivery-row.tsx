import { memo } from 'react';
import type { PageDelivery } from '../../store/types.ts';
import { counted, durationOf, timeOf } from '../log/format.ts';
import { LogRow } from '../log/log-row.tsx';
import { Mark } from '../log/mark.tsx';
import { markOf } from './delivery-marks.ts';

/** One delivery in the list; drawn again when its state changes. */
export const DeliveryRow = memo(function DeliveryRow({ delivery }: { delivery: PageDelivery }) {
  const { attempts, state, about } = delivery;
  const last = attempts.at(-1);
  const mark = markOf(delivery);
  const tries = attempts.length > 1 ? counted(attempts.length, 'try', 'tries') : '';
  const trouble = last?.failure ?? (state === 'no_url' || state === 'dropped' ? mark.word : '');
  const status = last?.status === null || last === undefined ? '' : String(last.status);
  return (
    <LogRow
      marks={<Mark kind={mark.kind} word={mark.word} />}
      name={delivery.type}
      note={[trouble, tries, about].filter((part) => part !== '').join(' · ')}
      bad={state === 'failed' || Boolean(last?.failure)}
      right={[status, durationOf(last?.durationMs ?? null)].filter((part) => part !== '').join(' · ')}
      time={timeOf(delivery.at)}
    />
  );
});
