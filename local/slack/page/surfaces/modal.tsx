import { ArrowLeft, X } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { type FormEvent, useEffect, useMemo, useState } from 'react';
import { Blocks } from '../blocks/blocks.tsx';
import { PortalHost } from '../blocks/portal-host.ts';
import type { AdminView } from '../store/types.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { useReturnFocus } from '../ui/return-focus.ts';
import { AppIcon } from './app-icon.tsx';
import { closeView, submitView } from './modal-acts.ts';
import { focusFault, focusFirst } from './modal-focus.ts';
import { viewParts } from './view-parts.ts';
import '../ui/dialog.css';
import './modal.css';

/** A modal with its top view: title, blocks, and the buttons that send or close it. */
export function Modal({ shown, isStacked }: { shown: AdminView; isStacked: boolean }) {
  const { user, failure, submitting } = shown;
  const view = useMemo(() => viewParts(shown), [shown]);
  const [content, setContent] = useState<HTMLElement | null>(null);
  const [reason, setReason] = useState('');
  const focus = useReturnFocus();
  const { id, form } = view;

  // biome-ignore lint/correctness/useExhaustiveDependencies: another view of the same modal takes the focus
  useEffect(() => {
    setReason('');
    if (content) focusFirst(content);
  }, [id, content]);
  const faults = JSON.stringify(form.errors);
  useEffect(() => {
    if (content && faults !== '{}') focusFault(content);
  }, [faults, content]);

  const leave = (all: boolean): void => void closeView(user, id, all);
  const send = (event: FormEvent): void => {
    event.preventDefault();
    if (!submitting && view.submit !== '') void submitView(user, view).then(setReason);
  };
  return (
    <Dialog.Root open onOpenChange={(open) => !open && leave(true)}>
      <Dialog.Portal>
        <Dialog.Overlay className="dialog-overlay" />
        <Dialog.Content
          ref={setContent}
          className="modal"
          aria-describedby={undefined}
          aria-busy={submitting || undefined}
          onInteractOutside={(event) => event.preventDefault()}
          onOpenAutoFocus={(event) => {
            focus.onOpenAutoFocus(event);
            event.preventDefault();
          }}
          onCloseAutoFocus={focus.onCloseAutoFocus}
        >
          <PortalHost value={content}>
            <form className="modal-form" noValidate onSubmit={send}>
              <header className="modal-head">
                {isStacked && (
                  <IconButton label="Back" onClick={() => leave(false)}>
                    <ArrowLeft size={19} aria-hidden="true" />
                  </IconButton>
                )}
                <AppIcon app={view.appId} size="medium" />
                <Dialog.Title className="modal-title">{view.title}</Dialog.Title>
                <IconButton label="Close the whole dialog" onClick={() => leave(true)}>
                  <X size={19} aria-hidden="true" />
                </IconButton>
              </header>
              {failure !== null && (
                <p className="modal-failure" role="alert">
                  {failure}
                  {reason !== '' && <span className="modal-reason">For the developer: {reason}</span>}
                </p>
              )}
              <div className="modal-body" key={id}>
                <Blocks blocks={view.blocks} owner={{ kind: 'modal', viewId: id }} form={form} />
              </div>
              <footer className="modal-foot">
                <Button onClick={() => leave(false)}>{view.close}</Button>
                {view.submit !== '' && (
                  <Button kind="primary" type="submit" aria-disabled={submitting || undefined}>
                    {submitting && <span className="element-spinner" aria-hidden="true" />}
                    {view.submit}
                  </Button>
                )}
              </footer>
            </form>
          </PortalHost>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
