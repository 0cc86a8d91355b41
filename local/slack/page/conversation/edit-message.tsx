import { useState } from 'react';
import { act } from '../api/request.ts';
import { useStore } from '../store/store.ts';
import type { Message } from '../store/types.ts';
import { Button } from '../ui/button.tsx';
import { attempt } from '../ui/toast.tsx';
import { WriteField } from './composer/write-field.tsx';
import { askToDelete, stopEditing } from './talk-state.ts';
import { handlesOf, useNameable } from './use-names.ts';
import { fromWire, toWire } from './wire-text.ts';

/** A message being changed in its place: Enter saves, Escape leaves it. */
export function EditMessage({ message }: { message: Message }) {
  const { channel, ts } = message;
  const { names } = useNameable(channel);
  const before = fromWire(message.text, handlesOf());
  const [text, setText] = useState(before);
  const save = async (): Promise<void> => {
    if (text.trim() === '') return askToDelete(channel, ts);
    if (text === before) return close();
    const { user } = useStore.getState();
    const saved = await attempt(async () => {
      await act('edit', { user, channel, ts, text: toWire(text, names) });
      return true;
    });
    if (saved) close();
  };
  const close = (): void => {
    stopEditing();
    document.querySelector<HTMLElement>(`article[data-ts="${CSS.escape(ts)}"]`)?.focus();
  };
  return (
    <div className="edit-message">
      <WriteField
        channel={channel}
        label="Edit message"
        value={text}
        onChange={setText}
        onSubmit={() => void save()}
        onEscape={close}
        autoFocus
      />
      <div className="edit-message-foot">
        <Button onClick={close}>Cancel</Button>
        <Button kind="primary" onClick={() => void save()}>
          Save
        </Button>
      </div>
    </div>
  );
}
