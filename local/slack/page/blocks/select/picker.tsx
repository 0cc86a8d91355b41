import { ChevronDown, X } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useId } from 'react';
import { IconButton } from '../../ui/button.tsx';
import type { ElementProps } from '../elements/element.tsx';
import { naming } from '../elements/place.ts';
import { usePortalHost } from '../portal-host.ts';
import { plainOf } from '../read.ts';
import type { Item, ItemGroup } from './item.ts';
import { List } from './list.tsx';
import './picker.css';

export type PickerProps = ElementProps & {
  isMulti: boolean;
  open: boolean;
  query: string;
  groups: ItemGroup[];
  chosen: Item[];
  /** What stands in the list instead of options. */
  note: string;
  /** How many can be chosen. */
  max: number;
  onOpen: (open: boolean) => void;
  onQuery: (query: string) => void;
  onChoose: (item: Item) => void;
  onRemove: (item: Item) => void;
};

/** The field of a select menu with what is chosen, and the list that opens from it. */
export function Picker(props: PickerProps) {
  const { element, place, handle, isMulti, open, chosen, onOpen, onRemove } = props;
  const id = useId();
  const host = usePortalHost();
  const placeholder = plainOf(element.placeholder) || (isMulti ? 'Select options' : 'Select an option');
  const single = isMulti ? undefined : chosen[0];
  const { busy } = handle.state;
  return (
    <Popover.Root open={open} onOpenChange={(next) => (handle.inert || busy ? undefined : onOpen(next))}>
      <Popover.Anchor asChild>
        <div className={`picker-field ${isMulti ? 'picker-field-multi' : ''}`}>
          {isMulti && chosen.map((item) => <Token key={item.value} item={item} onRemove={onRemove} />)}
          <Popover.Trigger asChild>
            <button
              type="button"
              role="combobox"
              className={`picker-trigger ${single ? '' : 'picker-empty'}`}
              aria-haspopup="dialog"
              aria-expanded={open}
              aria-controls={open ? `${id}-list` : undefined}
              {...naming(place, single ? `${placeholder}: ${single.label}` : placeholder)}
              aria-disabled={handle.inert || busy || undefined}
              data-focus-on-load={element.focus_on_load === true || undefined}
            >
              <span className={isMulti && chosen.length > 0 ? 'visually-hidden' : 'picker-value'}>
                {single?.label ?? placeholder}
              </span>
              {busy ? (
                <span className="element-spinner" aria-hidden="true" />
              ) : (
                <ChevronDown size={16} aria-hidden="true" />
              )}
            </button>
          </Popover.Trigger>
          {single && place.isInput && !place.isRequired && (
            <IconButton
              label={`Clear ${single.label}`}
              className="picker-clear"
              onClick={() => handle.change(null)}
            >
              <X size={15} aria-hidden="true" />
            </IconButton>
          )}
        </div>
      </Popover.Anchor>
      <Popover.Portal container={host}>
        <Popover.Content
          className="picker-menu"
          align="start"
          sideOffset={4}
          collisionPadding={8}
          aria-label={`Options: ${placeholder}`}
        >
          <List {...props} id={`${id}-list`} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function Token({ item, onRemove }: { item: Item; onRemove: (item: Item) => void }) {
  return (
    <span className="picker-token">
      {item.label}
      <button type="button" aria-label={`Remove ${item.label}`} onClick={() => onRemove(item)}>
        <X size={13} aria-hidden="true" />
      </button>
    </span>
  );
}
