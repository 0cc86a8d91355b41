import { act } from '../api/request.ts';
import { useMessage } from '../store/selectors.ts';
import { useStore } from '../store/store.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { attempt } from '../ui/toast.tsx';
import { plainText } from './plain-text.ts';
import { closeDelete, useTalk } from './talk-state.ts';

/** Asks before a message is deleted. */
export function DeleteMessage() {
  const asked = useTalk((state) => state.deleting);
  const message = useMessage(asked?.channel ?? '', asked?.ts ?? '');
  if (!asked || !message) return null;
  const remove = (): void => {
    const { user } = useStore.getState();
    closeDelete();
    void attempt(() => act('delete', { user, ...asked }));
  };
  return (
    <Dialog
      title="Delete message"
      onClose={closeDelete}
      footer={
        <>
          <Button onClick={closeDelete}>Cancel</Button>
          <Button kind="danger" onClick={remove}>
            Delete
          </Button>
        </>
      }
    >
      <p>Are you sure you want to delete this message? This cannot be undone.</p>
      <blockquote className="delete-message-quote">{plainText(message).slice(0, 300)}</blockquote>
    </Dialog>
  );
}
