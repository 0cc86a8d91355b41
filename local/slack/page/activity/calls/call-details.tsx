import { ListFilter, MessageSquare } from 'lucide-react';
import { useMessage } from '../../store/selectors.ts';
import { useStore } from '../../store/store.ts';
import type { PageCall } from '../../store/types.ts';
import { Button } from '../../ui/button.tsx';
import { effectWords } from '../faults/effect-words.ts';
import { tierWords } from '../limits/gauge-words.ts';
import { CopyButton } from '../log/copy-button.tsx';
import { DetailsPane, Facts, Note, Part } from '../log/details-pane.tsx';
import { durationOf, timeOf } from '../log/format.ts';
import type { JsonValue } from '../log/json-summary.ts';
import { JsonTree } from '../log/json-tree.tsx';
import { showMessage } from '../log/jump.ts';
import { type ThreadPlace, threadOf } from '../log/thread-filter.ts';
import { useLoaded } from '../log/use-loaded.ts';
import { placed, placeOf } from './call-place.ts';

type Loaded = { args: JsonValue; answer: JsonValue };

/** All that is known about one Web API call. */
export function CallDetails({
  call,
  onClose,
  onThread,
}: {
  call: PageCall;
  onClose: () => void;
  onThread: (thread: ThreadPlace) => void;
}) {
  const { value, error } = useLoaded<Loaded>(`/calls/${call.id}`);
  const place = placeOf(call);
  const message = useMessage(place?.channel ?? '', place?.ts ?? '');
  const thread = threadOf(placed(call), useStore.getState().messages);
  const appName = useStore((state) => state.apps.get(call.app ?? '')?.name);
  const workspace = useStore((state) => state.workspaces.find((one) => one.id === call.team)?.name);
  return (
    <DetailsPane
      title={call.method}
      subtitle={`${timeOf(call.at)} · ${durationOf(call.durationMs)} · call ${call.id}`}
      onClose={onClose}
      actions={
        <>
          {place && message && (
            <Button onClick={() => showMessage(place, { uncover: true })}>
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
      {call.fault !== null && <Note kind="fault">A fault was on: {effectWords(call.fault)}</Note>}
      {!call.ok && call.error !== null && (
        <Note kind="bad">
          {call.status === 0 ? 'The app saw' : call.applied ? 'Answered with' : 'Refused with'}{' '}
          <b>{call.error}</b>
          {call.status === 429 && '. The app must wait as long as Retry-After says.'}
        </Note>
      )}
      {call.unknownArguments.length > 0 && (
        <Note kind="warn">
          {call.method} does not know {call.unknownArguments.map((name) => `“${name}”`).join(', ')}: Slack
          ignores what it does not know, so this may be a misspelling.
        </Note>
      )}
      {call.notes.map((note) => (
        <Note key={note} kind="warn">
          {note}
        </Note>
      ))}
      <Facts
        facts={[
          ['Answer', call.status === 0 ? 'none: the connection was closed' : `HTTP ${call.status}`],
          ['Applied', call.applied ? 'yes' : 'no, nothing was changed'],
          ['Limit', call.tier ? limitWords(call.tier) : undefined],
          ['Retry-After', call.retryAfter === null ? undefined : `${call.retryAfter} s`],
          ['App', [appName ?? call.app, workspace].filter(Boolean).join(' in ')],
        ]}
      />
      {error !== undefined && <Note kind="bad">The details could not be loaded: {error}</Note>}
      {value && (
        <>
          <Part
            title="Arguments"
            aside={<CopyButton what="the arguments" text={() => JSON.stringify(value.args, null, 2)} />}
          >
            <JsonTree key={`args${call.id}`} label="Arguments" value={value.args} />
          </Part>
          <Part
            title="Answer"
            aside={<CopyButton what="the answer" text={() => JSON.stringify(value.answer, null, 2)} />}
          >
            <JsonTree key={`answer${call.id}`} label="Answer" value={value.answer} />
          </Part>
        </>
      )}
    </DetailsPane>
  );
}

/** How much of the limit was used when the call came, this one included. */
const limitWords = ({ tier, inWindow, limit }: NonNullable<PageCall['tier']>): string =>
  `${inWindow} of ${limit} a minute used (${tierWords(tier)})`;
