import { act } from '../api/request.ts';
import { useAppOf, useAppsIn } from '../store/selectors.ts';
import { useStore } from '../store/store.ts';
import type { App, Channel } from '../store/types.ts';
import { attempt } from '../ui/toast.tsx';
import { ChannelTitle } from './channel-title.tsx';
import { type Prompt, promptsOf } from './prompts.ts';
import './channel-intro.css';

/** What stands at the very beginning of a conversation: what it is, and what one may ask the app in it. */
export function ChannelIntro({ channel }: { channel: Channel }) {
  const user = useStore((state) => state.user);
  const other = channel.members.find((id) => id !== user) ?? '';
  const partner = useAppOf(channel.kind === 'im' ? other : '');
  const [present] = useAppsIn(channel.members);
  const asked = partner ?? present;
  return (
    <div className="intro">
      <h2 className="intro-title">
        <ChannelTitle channel={channel} size={24} />
      </h2>
      <p className="intro-text">{introOf(channel, partner)}</p>
      {channel.purpose !== '' && <p className="intro-text">{channel.purpose}</p>}
      {asked && (
        <Prompts app={asked} prompts={promptsOf(asked, channel.kind !== 'im')} channel={channel.id} />
      )}
    </div>
  );
}

function introOf(channel: Channel, app: App | undefined): string {
  if (app) return app.description || `This is the very beginning of your conversation with ${app.name}.`;
  if (channel.kind === 'channel') return `This is the very beginning of the #${channel.name} channel.`;
  if (channel.kind === 'group')
    return `This is the very beginning of the private channel ${channel.name}: only its members see it.`;
  return 'This is the very beginning of your direct messages.';
}

/** Questions to begin with: pressing one asks it. */
function Prompts({ app, prompts, channel }: { app: App; prompts: Prompt[]; channel: string }) {
  const ask = (text: string): void => {
    const { user } = useStore.getState();
    void attempt(() => act('post', { user, channel, text }));
  };
  return (
    <section className="intro-ask" aria-label="Suggested prompts">
      <p className="intro-text">Ask {app.name} something, or begin with:</p>
      <ul className="intro-prompts">
        {prompts.map(({ title, message }) => (
          <li key={title}>
            <button
              type="button"
              className="intro-prompt"
              title={`Send “${message}”`}
              onClick={() => ask(message)}
            >
              {title}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
