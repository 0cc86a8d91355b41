import type { PlannedCall } from '../../core/relay/plan/plan.ts';

/** What Slack would show of the planned calls, in one message. */
export interface ShownMessage {
  text: string;
  cards: Map<string, { title: string; status: string; details: string; output: string }>;
  titles: string[];
  /** Texts, and names of cards, in the order in which they came to stand. */
  order: string[];
  open: boolean;
  /** How Slack shows cards; absent of a message that was posted. */
  mode?: string;
  /** Sessions status of its stop. */
  status?: string;
  /** Slack ended its stream by itself, or took nothing more than its stop: its cards could not come to an end. */
  broken?: true;
}

/** Does to a model of Slack what a call that goes through does. */
export function applyCall(
  shown: ShownMessage[],
  { method, args }: Pick<PlannedCall, 'method' | 'args'>,
): void {
  if (method === 'chat.update') return;
  if (method === 'chat.postMessage') {
    const text = postedText(args);
    shown.push({ text, cards: new Map(), titles: [], order: [text], open: false });
    return;
  }
  if (method === 'chat.startStream')
    shown.push({
      text: '',
      cards: new Map(),
      titles: [],
      order: [],
      open: true,
      mode: String(args.task_display_mode),
    });
  const message = shown.at(-1);
  if (!message?.open) throw new Error(`${method} without an open stream`);
  for (const chunk of (args.chunks ?? []) as Record<string, string>[]) applyChunk(message, chunk);
  if (method === 'chat.stopStream') {
    message.open = false;
    message.status = String(args.session_status);
    if (args.chunks === undefined && args.blocks === undefined) message.broken = true;
  }
}

/** Title and status replace, details add up, output comes once. */
function applyChunk(message: ShownMessage, chunk: Record<string, string>): void {
  if (chunk.type === 'markdown_text') {
    message.text += chunk.text;
    message.order.push(chunk.text ?? '');
  }
  if (chunk.type === 'plan_update') message.titles.push(chunk.title ?? '');
  if (chunk.type !== 'task_update') return;
  const { id = '', title = '', status = '', details = '', output = '' } = chunk;
  const before = message.cards.get(id);
  if (!before) message.order.push(id);
  message.cards.set(id, {
    title,
    status,
    details: (before?.details ?? '') + details,
    output: (before?.output ?? '') + output,
  });
}

function postedText({ text, blocks }: Record<string, unknown>): string {
  if (!Array.isArray(blocks))
    return String(text).replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
  return (blocks as { type: string; text?: string | { text: string } }[])
    .filter(({ type }) => type === 'markdown' || type === 'section')
    .map((block) => (typeof block.text === 'string' ? block.text : block.text?.text))
    .join('\n\n');
}

/** What becomes of the open message with a call that did not go through. */
export function loseMessage(shown: ShownMessage[], fate: string): void {
  const message = shown.at(-1);
  if (!message?.open) return;
  if (fate === 'gone') shown.pop();
  if (fate === 'expired' || fate === 'stopped by a person')
    Object.assign(message, { open: false, broken: true });
}
