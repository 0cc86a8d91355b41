import { ExternalLink } from 'lucide-react';
import { Button } from '../../ui/button.tsx';
import { plainOf, wordOf } from '../read.ts';
import { safeUrl } from '../text/safe-url.ts';
import type { ElementProps } from './element.tsx';

/** A button. One with a `url` opens it in a new tab, and the app hears of the click all the same. */
export function BlockButton({ element, handle }: ElementProps) {
  const { press, state, inert } = handle;
  const url = safeUrl(wordOf(element.url));
  const style = element.style;
  const open = url === undefined ? undefined : () => void window.open(url, '_blank', 'noopener,noreferrer');
  return (
    <Button
      kind={style === 'primary' || style === 'danger' ? style : 'plain'}
      className="block-button"
      aria-label={wordOf(element.accessibility_label) || undefined}
      // Not `disabled`: focus would be lost, and a modal could not give it back.
      aria-disabled={state.busy || inert || undefined}
      onClick={() => press(open ? { first: open } : {})}
    >
      {state.busy ? <span className="element-spinner" aria-hidden="true" /> : null}
      {plainOf(element.text)}
      {url === undefined ? null : <ExternalLink size={13} aria-hidden="true" />}
    </Button>
  );
}
