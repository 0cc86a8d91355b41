import { Ellipsis } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import type { Json } from '../../../json.ts';
import { IconButton } from '../../ui/button.tsx';
import { MenuPortal } from '../../ui/menu-portal.tsx';
import { usePortalHost } from '../portal-host.ts';
import { objectsOf, plainOf, wordOf } from '../read.ts';
import { safeUrl } from '../text/safe-url.ts';
import type { ElementProps } from './element.tsx';
import '../../ui/menu.css';
import './overflow.css';

/** The menu behind `…`: it keeps nothing, each choice is told at once. An option with a `url` opens it too. */
export function Overflow({ element, handle }: ElementProps) {
  const { press, state, inert } = handle;
  const host = usePortalHost();
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger asChild disabled={inert}>
        <IconButton className="overflow" label="More options" aria-disabled={state.busy || undefined}>
          {state.busy ? (
            <span className="element-spinner" aria-hidden="true" />
          ) : (
            <Ellipsis size={18} aria-hidden="true" />
          )}
        </IconButton>
      </DropdownMenu.Trigger>
      <MenuPortal container={host}>
        <DropdownMenu.Content className="menu overflow-menu" align="end" sideOffset={4}>
          {objectsOf(element.options).map((option) => {
            const url = safeUrl(wordOf(option.url));
            const first =
              url === undefined
                ? {}
                : { first: () => void window.open(url, '_blank', 'noopener,noreferrer') };
            return (
              <DropdownMenu.Item
                key={wordOf(option.value)}
                className="menu-item"
                onSelect={() => press({ input: { selected_option: option as Json }, ...first })}
              >
                <span>
                  {plainOf(option.text)}
                  {plainOf(option.description) !== '' && (
                    <span className="overflow-description">{plainOf(option.description)}</span>
                  )}
                </span>
              </DropdownMenu.Item>
            );
          })}
        </DropdownMenu.Content>
      </MenuPortal>
    </DropdownMenu.Root>
  );
}
