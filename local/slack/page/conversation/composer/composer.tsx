import { useId, useRef, useState } from 'react';
import { useChannel } from '../../store/selectors.ts';
import { useStore } from '../../store/store.ts';
import { attempt } from '../../ui/toast.tsx';
import { useNameable } from '../use-names.ts';
import { toWire } from '../wire-text.ts';
import { attach, setAttached, useAttached } from './attached.ts';
import { AttachedFiles } from './attached-files.tsx';
import { ComposerTools } from './composer-tools.tsx';
import { draftKey, draftOf, keepDraft } from './drafts.ts';
import { editLastOwn } from './edit-last-own.ts';
import { sendMessage } from './send-message.ts';
import { WriteField, type WriteFieldHandle } from './write-field.tsx';
import './composer.css';

/** Where one writes: in a channel, or with `thread` in a thread. Mount it anew (`key`) for another place. */
export function Composer({
  channel,
  thread = '',
  label,
  placeholder,
  autoFocus = false,
}: {
  channel: string;
  thread?: string;
  label: string;
  placeholder: string;
  autoFocus?: boolean;
}) {
  const user = useStore((state) => state.user);
  const key = draftKey(user, channel, thread);
  const files = useAttached(key);
  const { names } = useNameable(channel);
  const [text, setText] = useState(() => draftOf(key));
  const [broadcast, setBroadcast] = useState(false);
  const field = useRef<WriteFieldHandle>(null);
  const empty = text.trim() === '' && files.length === 0;

  const change = (value: string): void => {
    setText(value);
    keepDraft(key, value);
  };
  const send = async (): Promise<void> => {
    if (empty) return;
    const given = { text, files };
    change('');
    setAttached(key, []);
    const sent = await attempt(async () => {
      await sendMessage({ channel, thread, text: toWire(text, names), files, broadcast });
      return true;
    });
    if (sent) setBroadcast(false);
    else {
      // What could not be sent is not lost; what was written meanwhile is not either.
      setText((now) => (now === '' ? given.text : now));
      keepDraft(key, draftOf(key) === '' ? given.text : draftOf(key));
      setAttached(key, given.files);
    }
  };

  return (
    <div className="composer" data-thread={thread === '' ? undefined : thread}>
      <WriteField
        ref={field}
        channel={channel}
        label={label}
        placeholder={placeholder}
        value={text}
        onChange={change}
        onSubmit={() => void send()}
        onArrowUp={() => editLastOwn(channel, thread)}
        onFiles={(given) => attach(key, given)}
        autoFocus={autoFocus}
      />
      <AttachedFiles files={files} onChange={(kept) => setAttached(key, kept)} />
      {thread !== '' && <AlsoToChannel channel={channel} checked={broadcast} onChange={setBroadcast} />}
      <ComposerTools
        canSend={!empty}
        onSend={() => void send()}
        onFiles={(given) => attach(key, given)}
        onInsert={(piece) => field.current?.insert(piece)}
      />
    </div>
  );
}

function AlsoToChannel({
  channel: id,
  checked,
  onChange,
}: {
  channel: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
}) {
  const box = useId();
  const channel = useChannel(id);
  if (!channel) return null;
  const direct = channel.kind === 'im' || channel.kind === 'mpim';
  return (
    <div className="composer-broadcast">
      <input
        id={box}
        type="checkbox"
        checked={checked}
        onChange={(event) => onChange(event.target.checked)}
      />
      <label htmlFor={box}>{direct ? 'Also send as direct message' : `Also send to #${channel.name}`}</label>
    </div>
  );
}
