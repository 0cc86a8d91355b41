import { AlertDialog } from 'radix-ui';
import type { App } from '../store/types.ts';
import { Button } from '../ui/button.tsx';
import '../blocks/elements/confirm.css';
import '../ui/dialog.css';

/** Uninstalls after a question: messages stay, tokens end. */
export function UninstallButton({ app, onConfirm }: { app: App; onConfirm: () => void }) {
  return (
    <AlertDialog.Root>
      <AlertDialog.Trigger asChild>
        <Button className="about-uninstall">Uninstall</Button>
      </AlertDialog.Trigger>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className="dialog-overlay" />
        <AlertDialog.Content className="dialog">
          <AlertDialog.Title className="dialog-title block-confirm-title">
            Uninstall {app.name}?
          </AlertDialog.Title>
          <AlertDialog.Description className="block-confirm-text">
            Its tokens end and it hears nothing more from this workspace. What it wrote stays.
          </AlertDialog.Description>
          <footer className="dialog-foot">
            <AlertDialog.Cancel asChild>
              <Button>Cancel</Button>
            </AlertDialog.Cancel>
            <AlertDialog.Action asChild>
              <Button kind="danger" onClick={onConfirm}>
                Uninstall
              </Button>
            </AlertDialog.Action>
          </footer>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
