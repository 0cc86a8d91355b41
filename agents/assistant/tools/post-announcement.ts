import { z } from 'zod';
import { defineTool } from '../../../core/index.ts';
import { findChannel, parseChannel } from '../channels.ts';
import { inSlackWords } from '../slack-words.ts';

/** Posts a text into a channel, where others see it: somebody approves each call first. */
export const postAnnouncement = defineTool({
  name: 'post_announcement',
  title: 'Post announcement',
  description:
    'Posts a text as a new message into a channel. Others see it, so a person is asked to approve each call before it runs; the call waits for that. Returns the channel and the timestamp when it was posted.',
  input: z.object({
    channel: z
      .string()
      .refine((text) => parseChannel(text) !== undefined, {
        error: 'must be a channel id, a channel link as Slack writes it (<#C024BE91L|general>) or a #name',
      })
      .describe(
        'Channel id, channel link as Slack writes it (<#C024BE91L|general>), or #name; never a guess',
      ),
    text: z
      .string()
      .trim()
      .min(1)
      .max(12_000)
      .describe('The whole message, in Markdown, as it shall be posted'),
  }),
  effect: 'customer_facing',
  idempotent: false,
  timeoutMs: 30_000,
  preview: ({ channel, text }) => [
    { label: 'Channel', value: channelForPeople(channel) },
    { label: 'Text', value: announcedText(text) },
  ],
  run: async ({ channel, text }, { slack, idempotencyKey }) => {
    const reference = parseChannel(channel);
    if (!reference) throw new Error('No channel was named.');
    try {
      const id = 'id' in reference ? reference.id : await findChannel(slack, reference.name);
      const posted = await slack.call<{ channel: string; ts: string }>('chat.postMessage', {
        channel: id,
        markdown_text: announcedText(text),
        // So that a post whose answer got lost can be recognised.
        metadata: { event_type: 'sluice_announcement', event_payload: { idempotency_key: idempotencyKey } },
      });
      return { posted: true, channel: posted.channel, ts: posted.ts };
    } catch (error) {
      throw inSlackWords(error);
    }
  },
});

function channelForPeople(channel: string): string {
  const reference = parseChannel(channel);
  if (!reference) return channel;
  return 'id' in reference ? reference.id : `#${reference.name}`;
}

/** What is posted, and what people read before they approve it: the same text. */
function announcedText(text: string): string {
  // Bidirectional and invisible marks could make it read differently from what it says.
  return withoutBroadcasts(text).replace(/[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, '');
}

/** A text made by a model notifies no whole channel: `<!channel>` and its like stay words. */
function withoutBroadcasts(text: string): string {
  return text
    .replace(/<!(channel|here|everyone)(?:\|[^>]*)?>/g, '@$1')
    .replace(/<!subteam\^\w+(?:\|@?([^>]*))?>/g, (_all, name?: string) => `@${name ?? 'group'}`);
}
