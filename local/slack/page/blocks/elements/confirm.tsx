import { AlertDialog } from 'radix-ui';
import type { JsonObject } from '../../../json.ts';
import { Button } from '../../ui/button.tsx';
import { useReturnFocus } from '../../ui/return-focus.ts';
import { plainOf } from '../read.ts';
import { TextObject } from '../text/text-object.tsx';
import '../../ui/dialog.css';
import './confirm.css';

/** Asks before something is done, as an element's `confirm` says. */
export function Confirm({ given, onAnswer }: { given: JsonObject; onAnswer: (agreed: boolean) => void }) {
  const focus = useReturnFocus();
  return (
    <AlertDialog.Root open onOpenChange={(open) => !open && onAnswer(false)}>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className="dialog-overlay block-confirm-overlay" />
        <AlertDialog.Content className="dialog block-confirm" {...focus}>
          <AlertDialog.Title className="dialog-title block-confirm-title">
            {plainOf(given.title)}
          </AlertDialog.Title>
          <AlertDialog.Description asChild>
            <div className="block-confirm-text">
              <TextObject text={given.text} />
            </div>
          </AlertDialog.Description>
          <footer className="dialog-foot">
            <AlertDialog.Cancel asChild>
              <Button>{plainOf(given.deny)}</Button>
            </AlertDialog.Cancel>
            <Button kind={given.style === 'danger' ? 'danger' : 'primary'} onClick={() => onAnswer(true)}>
              {plainOf(given.confirm)}
            </Button>
          </footer>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
