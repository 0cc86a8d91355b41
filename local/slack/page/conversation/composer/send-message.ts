import { act } from '../../api/request.ts';
import { useStore } from '../../store/store.ts';
import { warnOfDelivery } from '../message-acts.ts';

export type Outgoing = {
  channel: string;
  thread: string;
  /** As it goes over the wire. */
  text: string;
  files: File[];
  broadcast: boolean;
};

type CommandAnswer = { delivery: { state: string } | null };

/** Sends what was written: a slash command, files with words, or a message. @throws AdminError in words */
export async function sendMessage({ channel, thread, text, files, broadcast }: Outgoing): Promise<void> {
  const { user } = useStore.getState();
  const place = { user, channel, ...(thread === '' ? {} : { thread_ts: thread }) };
  if (files.length > 0) {
    const form = new FormData();
    for (const [name, value] of Object.entries({ ...place, text }))
      if (value !== '') form.append(name, value);
    for (const file of files) form.append('file', file, file.name);
    await act('upload', form);
  } else if (text.startsWith('/')) {
    const { delivery } = await act<CommandAnswer>('command', { ...place, text });
    // A late or broken answer is shown by Slack itself, as a message.
    if (delivery?.state === 'no_url') warnOfDelivery(delivery, 'The app');
  } else await act('post', { ...place, text, ...(broadcast ? { broadcast } : {}) });
}
