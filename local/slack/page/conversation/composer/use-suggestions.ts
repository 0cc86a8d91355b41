import { useMemo } from 'react';
import { useChannel } from '../../store/selectors.ts';
import { useStore } from '../../store/store.ts';
import { useNameable } from '../use-names.ts';
import { useCommands } from '../use-shortcuts.ts';
import { type Suggestion, suggestionsFor } from './suggestions.ts';
import type { TypedToken } from './typed-token.ts';

/** What completes the token that is being typed in a conversation. */
export function useSuggestions(channelId: string, token: TypedToken | undefined): Suggestion[] {
  const { people, groups, channels } = useNameable(channelId);
  const commands = useCommands();
  const me = useStore((state) => state.user);
  const channel = useChannel(channelId);
  const sources = useMemo(
    () => ({ people, groups, channels, commands, me, members: new Set(channel?.members) }),
    [people, groups, channels, commands, me, channel],
  );
  return useMemo(() => suggestionsFor(token, sources), [token, sources]);
}
