import { Check, ChevronDown } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useMe } from '../store/selectors.ts';
import { useStore } from '../store/store.ts';
import { initials } from '../ui/initials.ts';
import { MenuPortal } from '../ui/menu-portal.tsx';
import '../ui/menu.css';
import { become } from './person-switcher.tsx';
import { openDialog } from './shell-state.ts';

/** The workspace's name; opens the list of workspaces. Another one is entered as its first person. */
export function WorkspaceMenu() {
  const me = useMe();
  const workspaces = useStore((state) => state.workspaces);
  const here = workspaces.find((one) => one.id === me?.teamId);
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger className="workspace">
        <span className="workspace-name">{here?.name ?? 'Workspace'}</span>
        <ChevronDown size={16} aria-hidden="true" />
      </DropdownMenu.Trigger>
      <MenuPortal>
        <DropdownMenu.Content className="menu" align="start" sideOffset={4}>
          <DropdownMenu.Label className="menu-label">Workspaces</DropdownMenu.Label>
          {workspaces.map((one) => (
            <DropdownMenu.Item key={one.id} className="menu-item" onSelect={() => enterWorkspace(one.id)}>
              <span className="workspace-tile" aria-hidden="true">
                {initials(one.name)}
              </span>
              <span>
                {one.name}
                <span className="workspace-domain">{one.domain}.slack.com</span>
              </span>
              {one.id === here?.id && <Check size={16} className="menu-note" aria-label="You are here" />}
            </DropdownMenu.Item>
          ))}
          <DropdownMenu.Separator className="menu-line" />
          <DropdownMenu.Item className="menu-item" onSelect={() => openDialog('create-channel')}>
            Create a channel
          </DropdownMenu.Item>
          <DropdownMenu.Item className="menu-item" onSelect={() => openDialog('jump')}>
            Jump to… <span className="menu-note">Ctrl+K</span>
          </DropdownMenu.Item>
        </DropdownMenu.Content>
      </MenuPortal>
    </DropdownMenu.Root>
  );
}

function enterWorkspace(id: string): void {
  const { people, user } = useStore.getState();
  if (people.get(user)?.teamId === id) return;
  const first = [...people.values()].find((one) => one.teamId === id && !one.isBot && !one.deleted);
  if (first) become(first.id);
}
