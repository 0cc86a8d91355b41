import { create } from 'zustand';

/** Files that were chosen and not sent yet, by the key of their draft. */
const useAttachedStore = create<{ files: ReadonlyMap<string, File[]> }>(() => ({ files: new Map() }));
const NONE: File[] = [];

export const useAttached = (key: string): File[] => useAttachedStore((state) => state.files.get(key) ?? NONE);
export const attachedOf = (key: string): File[] => useAttachedStore.getState().files.get(key) ?? NONE;

export const setAttached = (key: string, files: File[]): void =>
  useAttachedStore.setState((state) => ({ files: new Map([...state.files, [key, files]]) }));

export const attach = (key: string, files: Iterable<File>): void =>
  setAttached(key, [...attachedOf(key), ...files]);
