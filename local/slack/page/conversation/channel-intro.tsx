import { act } from '../api/request.ts';
import { useAppOf } from '../store/selectors.ts';
import { useStore } from '../store/store.ts';
import type { App, Channel } from '../store/types.ts';
import { attempt } from '../ui/toast.tsx';
import { ChannelTitle } from './channel-title.tsx';
import './channel-intro.css';

/** What stands at the very beginning of a conversation. */
export function ChannelIntro({ channel }: { channel: Channel }) {
  const user = useStore((state) => state.user);
  const other = channel.members.find((id) => id !== user) ?? '';
  const app = useAppOf(channel.kind === 'im' ? other : '');
  return (
    <div className="intro">
      <h2 className="intro-title">
        <ChannelTitle channel={channel} size={24} />
      </h2>
      <p className="intro-text">{introOf(channel, app)}</p>
      {channel.purpose !== '' && <p className="intro-text">{channel.purpose}</p>}
      {app && <Prompts app={app} channel={channel} />}
    </div>
  );
}

function introOf(channel: Channel, app: App | undefined): string {
  if (app) return app.description || `This is the very beginning of your conversation with ${app.name}.`;
  if (channel.kind === 'channel' || channel.kind === 'group')
    return `This is the very beginning of the ${channel.name} channel. Mention an app or a colleague with @ to begin.`;
  return 'This is the very beginning of your direct messages.';
}

/** Questions that the app proposes: pressing one asks it. */
function Prompts({ app, channel }: { app: App; channel: Channel }) {
  if (app.suggestedPrompts.length === 0) return null;
  const ask = (text: string): void => {
    const { user } = useStore.getState();
    void attempt(() => act('post', { user, channel: channel.id, text }));
  };
  return (
    <ul className="intro-prompts" aria-label="Suggested prompts">
      {app.suggestedPrompts.map(({ title, message }) => (
        <li key={title}>
          <button type="button" className="intro-prompt" title={message} onClick={() => ask(message)}>
            {title}
          </button>
        </li>
      ))}
    </ul>
  );
}
