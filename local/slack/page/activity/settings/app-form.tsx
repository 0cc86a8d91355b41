import { type FormEvent, useState } from 'react';
import type { RawAnswer } from '../../../admin/types.ts';
import { request } from '../../api/request.ts';
import type { App } from '../../store/types.ts';
import { Button } from '../../ui/button.tsx';
import { attempt, toast } from '../../ui/toast.tsx';
import { failureWords } from '../deliveries/delivery-marks.ts';
import { linesOf } from './line-list.ts';

const URLS = [
  { name: 'eventsUrl', label: 'Events' },
  { name: 'interactionsUrl', label: 'Interactions' },
  { name: 'commandsUrl', label: 'Commands' },
  { name: 'optionsUrl', label: 'Options' },
] as const;

/** The app's URLs, redirect URLs and event subscriptions. */
export function AppForm({ app }: { app: App }) {
  const [verified, setVerified] = useState('');
  const values = { ...app, commandsUrl: app.commands[0]?.url ?? null };

  const save = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const urls = URLS.filter(({ name }) => data.has(name)).map(({ name }): [string, string | null] => {
      const url = String(data.get(name)).trim();
      return [name, url === '' ? null : url];
    });
    void attempt(async () => {
      await request('PUT', '/app', {
        app: app.id,
        ...Object.fromEntries(urls),
        subscriptions: linesOf(String(data.get('subscriptions'))),
        redirectUrls: linesOf(String(data.get('redirectUrls'))),
      });
      toast('Saved.');
    });
  };
  const verify = async (): Promise<void> => {
    setVerified('');
    const answer = await attempt(() =>
      request<RawAnswer & { verified: boolean }>('POST', '/verify-url', { app: app.id }),
    );
    if (answer) setVerified(verifyWords(answer));
  };

  return (
    <form className="settings-form" onSubmit={save}>
      {URLS.map(({ name, label }) =>
        name === 'commandsUrl' && app.commands.length === 0 ? null : (
          <label key={name} className="panel-field">
            <span>{label}</span>
            <input
              type="url"
              name={name}
              aria-label={`${label} URL`}
              placeholder="none"
              defaultValue={values[name] ?? ''}
              key={values[name]}
            />
            {name === 'eventsUrl' && (
              <Button disabled={app.eventsUrl === null} onClick={() => void verify()}>
                Verify
              </Button>
            )}
          </label>
        ),
      )}
      <p className="settings-said" role="status">
        {verified}
      </p>
      <label className="settings-area">
        <span>Subscriptions, one per line</span>
        <textarea
          name="subscriptions"
          rows={5}
          key={app.subscriptions.join()}
          defaultValue={app.subscriptions.join('\n')}
        />
      </label>
      <label className="settings-area">
        <span>Redirect URLs, one per line</span>
        <textarea
          name="redirectUrls"
          rows={2}
          key={app.redirectUrls.join()}
          defaultValue={app.redirectUrls.join('\n')}
        />
      </label>
      <Button type="submit">Save</Button>
    </form>
  );
}

function verifyWords(answer: RawAnswer & { verified: boolean }): string {
  if (answer.verified) return 'Verified: the app gave the challenge back.';
  if (answer.failure === null) return `Not verified: answered ${answer.status}, but not with the challenge.`;
  return `Not verified. ${failureWords({ failure: answer.failure as never, status: answer.status })}`;
}
