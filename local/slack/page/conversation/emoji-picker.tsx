import { Popover } from 'radix-ui';
import { type ReactNode, useState } from 'react';
import { EMOJI } from '../../richtext/emoji.ts';
import './emoji-picker.css';

type Choice = { char: string; name: string };

/** One name per picture, the first one: several names may mean the same. */
const CHOICES: Choice[] = Object.entries(EMOJI)
  .map(([name, char]) => ({ name, char }))
  .filter(({ char }, at, all) => all.findIndex((one) => one.char === char) === at);

/** A small picker with the emoji that this Slack knows. `children` is the button that opens it. */
export function EmojiPicker({
  label,
  children,
  onPick,
  onOpenChange,
}: {
  label: string;
  children: ReactNode;
  onPick: (name: string) => void;
  onOpenChange?: (open: boolean) => void;
}) {
  const [open, setOpen] = useState(false);
  const change = (value: boolean): void => {
    setOpen(value);
    onOpenChange?.(value);
  };
  return (
    <Popover.Root open={open} onOpenChange={change}>
      <Popover.Trigger asChild>{children}</Popover.Trigger>
      <Popover.Portal>
        <Popover.Content className="emoji-picker" aria-label={label} sideOffset={6} collisionPadding={8}>
          <Choices
            onPick={(name) => {
              change(false);
              onPick(name);
            }}
          />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function Choices({ onPick }: { onPick: (name: string) => void }) {
  const [typed, setTyped] = useState('');
  const word = typed.trim().replaceAll(':', '').toLowerCase();
  const found = CHOICES.filter(({ name }) => name.includes(word));
  const pickFirst = (): void => {
    const [first] = found;
    if (first) onPick(first.name);
  };
  return (
    <>
      <input
        className="field-input emoji-search"
        aria-label="Search emoji"
        placeholder="Search emoji"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event) => event.key === 'Enter' && pickFirst()}
      />
      <div className="emoji-grid">
        {found.map(({ name, char }) => (
          <button
            key={name}
            type="button"
            className="emoji-choice"
            aria-label={`:${name}:`}
            title={`:${name}:`}
            onClick={() => onPick(name)}
          >
            {char}
          </button>
        ))}
      </div>
      {found.length === 0 && <p className="emoji-none">No emoji is called that.</p>}
    </>
  );
}
