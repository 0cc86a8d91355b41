import { create } from 'zustand';

/** Blocks of views that somebody changed since the view was last sent: what was wrong with them may be right now. */
const useChanged = create<Record<string, readonly string[]>>(() => ({}));

const NONE: readonly string[] = [];

const placeOf = (user: string, owner: string): string => `${user}\n${owner}`;

export const useChangedBlocks = (user: string, owner: string): readonly string[] =>
  useChanged((state) => state[placeOf(user, owner)] ?? NONE);

/** Notes a change. `owner` as `ownerKey` gives it. */
export function noteChange(user: string, owner: string, blockId: string): void {
  const place = placeOf(user, owner);
  const known = useChanged.getState()[place] ?? NONE;
  if (!known.includes(blockId)) useChanged.setState({ [place]: [...known, blockId] });
}

/** The view was sent: what is said of its fields is new. */
export const forgetChanges = (user: string, owner: string): void =>
  useChanged.setState({ [placeOf(user, owner)]: NONE });
