import { Button } from '../../ui/button.tsx';
import { plainOf, wordOf } from '../read.ts';
import type { ElementProps } from './element.tsx';

/** Starts a workflow in Slack. There are none here, so it says so and does nothing. */
export function WorkflowButton({ element }: ElementProps) {
  const { style } = element;
  return (
    <>
      <Button
        kind={style === 'primary' || style === 'danger' ? style : 'plain'}
        className="block-button"
        aria-label={wordOf(element.accessibility_label) || undefined}
        disabled
      >
        {plainOf(element.text)}
      </Button>
      <span className="element-hint">Workflows run in Slack only</span>
    </>
  );
}
