import { usePerson } from '../store/selectors.ts';
import { useStore } from '../store/store.ts';
import type { Message } from '../store/types.ts';
import { clockTime, dateOf, fullTime } from '../ui/time.ts';
import { useClock } from '../ui/use-clock.ts';

/** Who wrote a message and when, with the marks of apps, guests and people of other workspaces. */
export function MessageHead({ message }: { message: Message }) {
  const clock = useClock();
  const person = usePerson(message.user);
  const isApp = message.botId !== undefined || person?.isBot === true;
  const foreign = useStore((state) => foreignWorkspace(state, message.user));
  return (
    <div className="message-head">
      <span className="message-author">
        {message.username ?? person?.displayName ?? nameless(message.user)}
      </span>
      {isApp && <span className="message-mark">APP</span>}
      {person?.isGuest && <span className="message-mark message-mark-guest">Guest</span>}
      {!isApp && foreign !== '' && (
        <span className="message-mark message-mark-guest" title={`From ${foreign}`}>
          {foreign}
        </span>
      )}
      <time
        className="message-time"
        dateTime={dateOf(message.ts).toISOString()}
        title={fullTime(message.ts, clock)}
      >
        {clockTime(message.ts, clock)}
      </time>
    </div>
  );
}

/** Slack speaks for itself in answers to commands. */
const nameless = (id: string): string => (id === 'USLACKBOT' ? 'Slackbot' : id);

/** The name of an author's workspace when it is not one's own. */
function foreignWorkspace(
  state: {
    people: Map<string, { teamId: string }>;
    user: string;
    workspaces: { id: string; name: string }[];
  },
  author: string,
): string {
  const theirs = state.people.get(author)?.teamId;
  const mine = state.people.get(state.user)?.teamId;
  if (theirs === undefined || theirs === mine) return '';
  return state.workspaces.find((one) => one.id === theirs)?.name ?? theirs;
}
