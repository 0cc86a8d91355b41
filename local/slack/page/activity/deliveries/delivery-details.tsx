import { ListFilter, MessageSquare, Send } from 'lucide-react';
import { useState } from 'react';
import type { RawAnswer } from '../../../admin/types.ts';
import { useMessage } from '../../store/selectors.ts';
import { useStore } from '../../store/store.ts';
import type { PageDelivery } from '../../store/types.ts';
import { Button } from '../../ui/button.tsx';
import { attempt } from '../../ui/toast.tsx';
import { CopyButton } from '../log/copy-button.tsx';
import { DetailsPane, Facts, Note, Part } from '../log/details-pane.tsx';
import { durationOf, timeOf } from '../log/format.ts';
import type { JsonValue } from '../log/json-summary.ts';
import { JsonTree } from '../log/json-tree.tsx';
import { showMessage } from '../log/jump.ts';
import { type ThreadPlace, threadOf } from '../log/thread-filter.ts';
import { useLoaded } from '../log/use-loaded.ts';
import { Attempts } from './attempts.tsx';
import { failureWords, troubleOf } from './delivery-marks.ts';
import { resend } from './resend.ts';
import './delivery-details.css';

type Loaded = Pick<PageDelivery, 'attempts'> & { payload: JsonValue; headers?: Record<string, string> };

/** All that is known about one delivery, and buttons to send it again. */
export function DeliveryDetails({
  delivery,
  onClose,
  onThread,
}: {
  delivery: PageDelivery;
  onClose: () => void;
  onThread: (thread: ThreadPlace) => void;
}) {
  const { value, error } = useLoaded<Loaded>(`/deliveries/${delivery.id}`, delivery);
  const message = useMessage(delivery.channel, delivery.ts);
  const thread = threadOf(delivery, useStore.getState().messages);
  const [answers, setAnswers] = useState<RawAnswer[]>();
  const [sending, setSending] = useState(false);
  const trouble = troubleOf(delivery);

  const again = async (times: number): Promise<void> => {
    if (!value) return;
    setSending(true);
    setAnswers(await attempt(() => resend({ ...delivery, payload: value.payload }, times)));
    setSending(false);
  };

  return (
    <DetailsPane
      title={delivery.type}
      subtitle={[timeOf(delivery.at), delivery.kind, delivery.eventId].filter(Boolean).join(' · ')}
      onClose={onClose}
      actions={
        <>
          <Button disabled={!value || sending} onClick={() => void again(1)}>
            <Send size={14} aria-hidden /> Send again
          </Button>
          <Button disabled={!value || sending} onClick={() => void again(3)}>
            Send 3 times at once
          </Button>
          {message && (
            <Button
              onClick={() => showMessage({ channel: delivery.channel, ts: delivery.ts }, { uncover: true })}
            >
              <MessageSquare size={14} aria-hidden /> Show message
            </Button>
          )}
          {thread && (
            <Button onClick={() => onThread(thread)}>
              <ListFilter size={14} aria-hidden /> Only this thread
            </Button>
          )}
        </>
      }
    >
      <div role="status">
        {answers?.map((answer, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: answers have nothing else that tells them apart
          <p key={index} className="resend-answer">
            Sent again: {said(answer)}
          </p>
        ))}
      </div>
      {trouble !== undefined && <Note kind="bad">{trouble}</Note>}
      <Facts
        facts={[
          [
            'State',
            delivery.state === 'pending' && trouble ? 'waits for the next try' : STATES[delivery.state],
          ],
          ['Sent to', delivery.url],
        ]}
      />
      {error !== undefined && <Note kind="bad">The details could not be loaded: {error}</Note>}
      {value && (
        <>
          {value.attempts.length > 0 && (
            <Part title="Tries">
              <Attempts attempts={value.attempts} />
            </Part>
          )}
          {value.headers && (
            <Part title="Headers">
              <JsonTree label="Headers" value={value.headers} />
            </Part>
          )}
          <Part
            title="Signed payload"
            aside={<CopyButton what="the payload" text={() => JSON.stringify(value.payload, null, 2)} />}
          >
            <JsonTree key={delivery.id} label="Signed payload" value={value.payload} />
          </Part>
        </>
      )}
    </DetailsPane>
  );
}

const STATES: Record<PageDelivery['state'], string> = {
  pending: 'under way',
  acknowledged: 'taken by the app',
  failed: 'failed',
  dropped: 'not sent',
  no_url: 'not sent: no URL',
};

const said = (answer: RawAnswer): string =>
  answer.failure === null
    ? `answered ${answer.status} in ${durationOf(answer.durationMs)}`
    : failureWords({ failure: answer.failure as never, status: answer.status });
