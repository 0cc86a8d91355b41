const FIELDS = 'input:not([type="hidden"]):not(:disabled), textarea:not(:disabled), [role="combobox"]';

/** Where somebody begins in a view: the element that asks for it, the first field, else the dialog itself. */
export function focusFirst(dialog: HTMLElement): void {
  const body = dialog.querySelector('.modal-body');
  const wanted = body?.querySelector('[data-focus-on-load]') ?? body?.querySelector(FIELDS) ?? dialog;
  if (wanted instanceof HTMLElement) wanted.focus({ preventScroll: wanted === dialog });
}

/** The first field that is wrong. */
export function focusFault(dialog: HTMLElement): void {
  const wrong = dialog.querySelector('[aria-invalid="true"]');
  if (wrong instanceof HTMLElement) wrong.focus();
}
