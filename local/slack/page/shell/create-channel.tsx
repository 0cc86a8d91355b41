import { type FormEvent, useId, useState } from 'react';
import { request } from '../api/request.ts';
import { go } from '../store/navigate.ts';
import { useMe } from '../store/selectors.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import '../ui/field.css';
import { attempt } from '../ui/toast.tsx';
import { toChannelName } from './channel-name.ts';
import { closeDialog } from './shell-state.ts';

/** Makes a channel with the person as its first member and goes there. */
export function CreateChannel() {
  const me = useMe();
  const form = useId();
  const [name, setName] = useState('');
  const [isPrivate, setPrivate] = useState(false);
  const create = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!me || toChannelName(name) === '') return;
    const made = await attempt(() =>
      request<{ id: string }>('POST', '/channels', {
        teamId: me.teamId,
        name: toChannelName(name),
        kind: isPrivate ? 'group' : 'channel',
        members: [me.id],
      }),
    );
    if (!made) return;
    closeDialog();
    go({ channel: made.id, thread: '' });
  };
  return (
    <Dialog
      title="Create a channel"
      onClose={closeDialog}
      footer={
        <>
          <Button onClick={closeDialog}>Cancel</Button>
          <Button kind="primary" type="submit" form={form} disabled={toChannelName(name) === ''}>
            Create
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={(event) => void create(event)}>
        <label className="field">
          <span className="field-label">Name</span>
          <input
            className="field-input"
            value={name}
            maxLength={80}
            placeholder="e.g. plan-budget"
            onChange={(event) => setName(event.target.value)}
          />
          <span className="field-hint">
            {toChannelName(name) === '' || toChannelName(name) === name
              ? 'Channels are where conversations happen around a topic.'
              : `Will be called #${toChannelName(name)}.`}
          </span>
        </label>
        <fieldset className="field-set">
          <legend className="field-label">Visibility</legend>
          <label className="field-choice">
            <input type="radio" name="kind" checked={!isPrivate} onChange={() => setPrivate(false)} />
            <span>Public: anyone in the workspace</span>
          </label>
          <label className="field-choice">
            <input type="radio" name="kind" checked={isPrivate} onChange={() => setPrivate(true)} />
            <span>Private: only who is added, apps included</span>
          </label>
        </fieldset>
      </form>
    </Dialog>
  );
}
