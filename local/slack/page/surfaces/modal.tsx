import { ArrowLeft, X } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { type FormEvent, type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import { Blocks } from '../blocks/blocks.tsx';
import { useChangedBlocks } from '../blocks/elements/changed-blocks.ts';
import { ownerKey, type ViewForm } from '../blocks/owner.ts';
import { PortalHost } from '../blocks/portal-host.ts';
import type { AdminView } from '../store/types.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { useReturnFocus } from '../ui/return-focus.ts';
import { AppIcon } from './app-icon.tsx';
import { closeView, submitView } from './modal-acts.ts';
import { focusFault, focusFirst } from './modal-focus.ts';
import { type ViewParts, viewParts } from './view-parts.ts';
import '../ui/dialog.css';
import './modal.css';

/** A modal with its top view: title, blocks, and the buttons that send or close it. */
export function Modal({ shown, isStacked }: { shown: AdminView; isStacked: boolean }) {
  const { user, failure, submitting } = shown;
  const view = useMemo(() => viewParts(shown), [shown]);
  const [content, setContent] = useState<HTMLElement | null>(null);
  const [reason, setReason] = useState('');
  const focus = useReturnFocus();
  const { id } = view;
  const form = useForm(user, view);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another view of the same modal takes the focus
  useEffect(() => {
    setReason('');
    if (content) focusFirst(content);
  }, [id, content]);
  const known = useRef<Record<string, string>>({});
  const { errors } = form;
  useEffect(() => {
    const isNew = Object.entries(errors).some(([blockId, error]) => known.current[blockId] !== error);
    known.current = errors;
    // An error that goes away moves nobody: they are writing.
    if (content && isNew) focusFault(content);
  }, [errors, content]);

  /** Enter in a field of one line sends; in one of several lines it needs Ctrl or ⌘, as everywhere in Slack. */
  const onKeyDown = (event: KeyboardEvent<HTMLFormElement>): void => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.defaultPrevented) return;
    event.preventDefault();
    event.currentTarget.requestSubmit();
  };
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
            <form className="modal-form" noValidate onSubmit={send} onKeyDown={onKeyDown}>
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

/** What the fields hold; what was said of a field goes away as soon as the field is changed. */
function useForm(user: string, { id, form }: ViewParts): ViewForm {
  const changed = useChangedBlocks(user, ownerKey({ kind: 'modal', viewId: id }));
  return useMemo(() => {
    if (changed.length === 0) return form;
    const left = Object.entries(form.errors).filter(([blockId]) => !changed.includes(blockId));
    return { ...form, errors: Object.fromEntries(left) };
  }, [form, changed]);
}
