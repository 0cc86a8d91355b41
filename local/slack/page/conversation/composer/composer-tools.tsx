import { AtSign, Plus, SendHorizontal, Smile, Zap } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useRef } from 'react';
import { IconButton } from '../../ui/button.tsx';
import { MenuPortal } from '../../ui/menu-portal.tsx';
import '../../ui/menu.css';
import { EmojiPicker } from '../emoji-picker.tsx';
import { runShortcut } from '../message-acts.ts';
import { useShortcuts } from '../use-shortcuts.ts';

/** The buttons below the field: files, emoji, mention, shortcuts, send. */
export function ComposerTools({
  canSend,
  onSend,
  onFiles,
  onInsert,
}: {
  canSend: boolean;
  onSend: () => void;
  onFiles: (files: File[]) => void;
  onInsert: (text: string) => void;
}) {
  const picker = useRef<HTMLInputElement>(null);
  return (
    <div className="composer-tools">
      <input
        ref={picker}
        type="file"
        multiple
        hidden
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])]);
          event.target.value = '';
        }}
      />
      <IconButton label="Attach files" onClick={() => picker.current?.click()}>
        <Plus size={18} aria-hidden="true" />
      </IconButton>
      <EmojiPicker label="Emoji" onPick={(name) => onInsert(`:${name}: `)}>
        <IconButton label="Emoji">
          <Smile size={18} aria-hidden="true" />
        </IconButton>
      </EmojiPicker>
      <IconButton label="Mention someone" onClick={() => onInsert('@')}>
        <AtSign size={17} aria-hidden="true" />
      </IconButton>
      <GlobalShortcuts />
      <span className="composer-hint" aria-hidden="true">
        <b>Shift + Enter</b> adds a line
      </span>
      <button
        type="button"
        className="composer-send"
        aria-label="Send"
        title="Send"
        disabled={!canSend}
        onClick={onSend}
      >
        <SendHorizontal size={16} aria-hidden="true" />
      </button>
    </div>
  );
}

/** Global shortcuts of the installed apps. */
function GlobalShortcuts() {
  const shortcuts = useShortcuts('global');
  if (shortcuts.length === 0) return null;
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>
        <IconButton label="Shortcuts">
          <Zap size={17} aria-hidden="true" />
        </IconButton>
      </DropdownMenu.Trigger>
      <MenuPortal>
        <DropdownMenu.Content className="menu" align="start" side="top" sideOffset={6} collisionPadding={8}>
          <DropdownMenu.Label className="menu-label">Shortcuts</DropdownMenu.Label>
          {shortcuts.map((one) => (
            <DropdownMenu.Item
              key={`${one.app}${one.callbackId}`}
              className="menu-item"
              onSelect={() => void runShortcut(one)}
            >
              <span>{one.name}</span>
              <span className="menu-note">{one.appName}</span>
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </MenuPortal>
    </DropdownMenu.Root>
  );
}
