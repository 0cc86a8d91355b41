/** What takes letters itself, or uses them as shortcuts. */
const OWN_KEYS =
  'input, textarea, select, [contenteditable="true"], [role="menu"], [role="tablist"], [role="listbox"], [role="dialog"], article.message, .activity-panel';

/**
 * As in Slack, whoever types while nothing takes the letters writes: the field of the open conversation gets the
 * focus before the letter is entered.
 *
 * @returns takes the listener away
 */
export function typeToWrite(): () => void {
  const onKeyDown = (event: KeyboardEvent): void => {
    const { target, key } = event;
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if ([...key].length !== 1 || key === ' ') return;
    if (!(target instanceof Element) || target.closest(OWN_KEYS)) return;
    if (document.querySelector('[role="dialog"]')) return;
    const pane = target.closest('.thread') ?? document.querySelector('.conversation');
    const field = pane?.querySelector<HTMLTextAreaElement>('.composer textarea');
    field?.focus();
  };
  window.addEventListener('keydown', onKeyDown);
  return () => window.removeEventListener('keydown', onKeyDown);
}
