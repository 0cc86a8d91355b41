import { IconButton } from '../../ui/button.tsx';
import { Icon } from '../icon.tsx';
import { plainOf, wordOf, wordsOf } from '../read.ts';
import type { ElementProps } from './element.tsx';

/** A button with an icon below a message; some are for some people only. */
export function IconElement({ element, handle }: ElementProps) {
  const { press, state, inert, user } = handle;
  const seenBy = element.visible_to_user_ids === undefined ? undefined : wordsOf(element.visible_to_user_ids);
  if (seenBy && !seenBy.includes(user)) return null;
  return (
    <IconButton
      label={wordOf(element.accessibility_label) || plainOf(element.text)}
      aria-disabled={state.busy || inert || undefined}
      onClick={() => press()}
    >
      {state.busy ? (
        <span className="element-spinner" aria-hidden="true" />
      ) : (
        <Icon name={wordOf(element.icon)} />
      )}
    </IconButton>
  );
}
