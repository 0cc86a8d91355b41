import { create } from 'zustand';

type Pointer = { channel: string; ts: string };

/** The same message may stand in its channel and in its thread: it is edited in one of them. */
type Edited = Pointer & { inThread: boolean };

/** Which message is being edited, and which one somebody asked to delete. */
export const useTalk = create<{ editing: Edited | undefined; deleting: Pointer | undefined }>(() => ({
  editing: undefined,
  deleting: undefined,
}));

export const startEditing = (channel: string, ts: string, inThread: boolean): void =>
  useTalk.setState({ editing: { channel, ts, inThread } });
export const stopEditing = (): void => useTalk.setState({ editing: undefined });
export const askToDelete = (channel: string, ts: string): void =>
  useTalk.setState({ deleting: { channel, ts } });
export const closeDelete = (): void => useTalk.setState({ deleting: undefined });
