import { EllipsisVertical } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useMemo } from 'react';
import type { Message } from '../store/types.ts';
import { IconButton } from '../ui/button.tsx';
import { MenuPortal } from '../ui/menu-portal.tsx';
import '../ui/menu.css';
import { copyLink, openThread, runShortcut } from './message-acts.ts';
import { askToDelete, startEditing } from './talk-state.ts';
import { useShortcuts } from './use-shortcuts.ts';

/** "More actions": all of them by name, and the message shortcuts of the installed apps. */
export function MessageMenu({
  message,
  mine,
  inThread,
  onPin,
}: {
  message: Message;
  mine: boolean;
  inThread: boolean;
  onPin: (open: boolean) => void;
}) {
  const shortcuts = useShortcuts('message');
  const own = useMemo(() => ({ channel: message.channel, ts: message.ts }), [message.channel, message.ts]);
  return (
    <DropdownMenu.Root modal={false} onOpenChange={onPin}>
      <DropdownMenu.Trigger asChild>
        <IconButton label="More actions">
          <EllipsisVertical size={18} aria-hidden="true" />
        </IconButton>
      </DropdownMenu.Trigger>
      <MenuPortal>
        <DropdownMenu.Content className="menu" align="end" sideOffset={4} collisionPadding={8}>
          {!inThread && <Item label="Reply in thread" keys="T" onSelect={() => openThread(message)} />}
          <Item label="Copy link" onSelect={() => copyLink(message)} />
          {mine && (
            <Item
              label="Edit message"
              keys="E"
              onSelect={() => startEditing(own.channel, own.ts, inThread)}
            />
          )}
          {shortcuts.length > 0 && (
            <>
              <DropdownMenu.Separator className="menu-line" />
              <DropdownMenu.Label className="menu-label">Message shortcuts</DropdownMenu.Label>
              {shortcuts.map((one) => (
                <Item
                  key={`${one.app}${one.callbackId}`}
                  label={one.name}
                  note={one.appName}
                  onSelect={() => void runShortcut(one, message)}
                />
              ))}
            </>
          )}
          {mine && (
            <>
              <DropdownMenu.Separator className="menu-line" />
              <Item
                label="Delete message…"
                keys="Delete"
                danger
                onSelect={() => askToDelete(own.channel, own.ts)}
              />
            </>
          )}
        </DropdownMenu.Content>
      </MenuPortal>
    </DropdownMenu.Root>
  );
}

function Item({
  label,
  note,
  keys,
  danger = false,
  onSelect,
}: {
  label: string;
  note?: string;
  keys?: string;
  danger?: boolean;
  onSelect: () => void;
}) {
  return (
    <DropdownMenu.Item
      className={`menu-item ${danger ? 'menu-item-danger' : ''}`}
      aria-keyshortcuts={keys}
      onSelect={onSelect}
    >
      <span>{label}</span>
      {(note ?? keys) && (
        <span className="menu-note" aria-hidden={note === undefined}>
          {note ?? keys}
        </span>
      )}
    </DropdownMenu.Item>
  );
}
