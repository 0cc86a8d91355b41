import { Hash, House, Lock, Users } from 'lucide-react';
import { type KeyboardEvent, useId, useMemo, useState } from 'react';
import { go } from '../store/navigate.ts';
import { useMe } from '../store/selectors.ts';
import { useStore } from '../store/store.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Dialog } from '../ui/dialog.tsx';
import '../ui/field.css';
import { attempt } from '../ui/toast.tsx';
import { jumpTargets, type Target } from './jump-targets.ts';
import { openDirect } from './open-direct.ts';
import { closeDialog } from './shell-state.ts';
import './jump.css';

/** Jumps to a channel or a person: type, choose with the arrow keys, Enter. */
export function Jump() {
  const list = useId();
  const me = useMe();
  const channels = useStore((state) => state.channels);
  const people = useStore((state) => state.people);
  const apps = useStore((state) => state.apps);
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState(0);
  const targets = useMemo(
    () => (me ? jumpTargets(me, typed, { channels, people, apps }) : []),
    [me, typed, channels, people, apps],
  );
  const at = Math.min(chosen, Math.max(0, targets.length - 1));
  const open = (target: Target | undefined): void => {
    if (!target) return;
    closeDialog();
    if (target.kind === 'channel') go({ channel: target.id, thread: '' });
    else if (target.kind === 'app') go({ home: target.id });
    else void attempt(() => openDirect(target.id));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && targets.length > 0) {
      event.preventDefault();
      setChosen((at + step + targets.length) % targets.length);
    } else if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
      event.preventDefault();
      open(targets[at]);
    }
  };
  return (
    <Dialog title="Jump to…" onClose={closeDialog} className="jump">
      <input
        className="field-input"
        role="combobox"
        aria-label="Channel or person"
        aria-expanded="true"
        aria-controls={list}
        aria-autocomplete="list"
        aria-activedescendant={targets[at] ? `${list}-${at}` : undefined}
        placeholder="Channel or person"
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          setChosen(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div id={list} role="listbox" aria-label="Conversations" className="jump-list">
        {targets.map((target, index) => (
          <div
            key={`${target.kind}${target.id}`}
            id={`${list}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === at}
            className="jump-option"
            onMouseMove={() => setChosen(index)}
            onClick={() => open(target)}
            onKeyDown={onKeyDown}
          >
            <Sign target={target} />
            <span className="jump-name">{target.name}</span>
            <span className="jump-note">{noteOf(target, me?.id ?? '')}</span>
          </div>
        ))}
      </div>
      {targets.length === 0 && <p className="jump-none">Nothing is called that.</p>}
    </Dialog>
  );
}

function Sign({ target }: { target: Target }) {
  if (target.kind === 'person') return <Avatar user={target.id} size="small" />;
  if (target.kind === 'channel' && target.channel.kind === 'mpim')
    return <Users size={18} aria-hidden="true" />;
  const Icon = target.kind === 'app' ? House : target.channel.kind === 'group' ? Lock : Hash;
  return <Icon size={18} aria-hidden="true" />;
}

function noteOf(target: Target, me: string): string {
  if (target.kind === 'app') return 'App';
  if (target.kind === 'person') {
    if (target.person.isBot) return 'App';
    return target.person.realName === target.name ? '' : target.person.realName;
  }
  if (target.channel.archived) return 'Archived';
  return target.channel.members.includes(me) ? '' : 'Not a member';
}
