import type { Conversation } from '../conversation.ts';
import { describeResult, fieldsOf } from '../results.ts';
import type { AnsweredCall, DemoRequest, DemoScript } from '../script.ts';

function announce(text: string, channel: string, { requester }: Conversation): DemoScript {
  return {
    steps: [
      {
        say: 'I would like to post this; somebody has to approve it first.\n\n',
        calls: [{ tool: 'post_announcement', input: { channel, text } }],
      },
    ],
    answer: ([calls]) => report(calls?.[0], text, channel, requester),
  };
}

/** Says what truly happened: only a result with a timestamp means that it was posted. */
function report(
  call: AnsweredCall | undefined,
  text: string,
  channel: string,
  requester: string | undefined,
): string {
  const where = channel.startsWith('#') || channel.startsWith('<') ? channel : `<#${channel}>`;
  if (call && fieldsOf(call).ts) return `Posted in ${where}: “${text}”`;
  const why = call ? describeResult(call) : 'there was no result';
  const told = requester ? why.replaceAll(`<@${requester}>`, 'you') : why;
  if (call?.output?.type === 'execution-denied') return `I did not post anything in ${where}. ${told}`;
  return `I could not post in ${where}: ${told}`;
}

/** Requests that show approvals. */
export const announcing: readonly DemoRequest[] = [
  {
    ask: 'ask me',
    shows: 'a tool that needs approval: it would post a greeting in this channel',
    pattern: /\bask me\b/i,
    script: (_match, conversation) =>
      announce('Hello from the demo model!', conversation.channel ?? '#general', conversation),
  },
  {
    ask: 'announce lunch is ready in #general',
    shows: 'the same with a text and a channel of your own',
    pattern: /\bannounce\s+(?:that\s+)?(\S.*?)\s+(?:in|to)\s+(<#\w+(?:\|[^>]*)?>|#[\w-]+)/is,
    script: ([, text = '', channel = ''], conversation) =>
      announce(text.replace(/^["“]|["”]$/g, ''), channel, conversation),
  },
];
