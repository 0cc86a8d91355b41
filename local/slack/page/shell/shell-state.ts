import { create } from 'zustand';

/** Which of the shell's dialogs is open, and whether the sidebar shows in a window too narrow for it. */
export const useShell = create<{ dialog: '' | 'jump' | 'create-channel'; sidebar: boolean }>(() => ({
  dialog: '',
  sidebar: false,
}));

export const openDialog = (dialog: 'jump' | 'create-channel'): void => useShell.setState({ dialog });
export const closeDialog = (): void => useShell.setState({ dialog: '' });
export const showSidebar = (sidebar: boolean): void => useShell.setState({ sidebar });
