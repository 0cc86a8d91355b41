/**
 * What can be read in a message, as its letters and digits alone. Slack stores converted blocks and not our
 * Markdown, so two texts are compared with white space, marks and emoji removed.
 */

/** Letters and digits of our own Markdown, as Slack would show it. */
export function lettersOfMarkdown(markdown: string): string {
  const shown = markdown
    // The language of a fence and the number of a list item are not text in Slack's blocks.
    .replace(/^ {0,3}(`{3,}|~{3,}).*$/gm, '')
    .replace(/^\s*\d+[.)]\s/gm, '')
    .replace(/!?\[([^\]\n]*)\]\([^)\n]*\)/g, '$1');
  return lettersOf(shown);
}

/** Letters and digits of plain text. */
export function lettersOf(text: string): string {
  return text.replace(/:[a-z0-9_+'-]+:/g, '').replace(/[^\p{L}\p{N}]+/gu, '');
}

/** Letters and digits of a message as the Web API returns it: its blocks without plan cards, or its text. */
export function lettersOfMessage(message: { blocks?: unknown; text?: unknown }): string {
  const blocks = Array.isArray(message.blocks) ? message.blocks : [];
  const parts: string[] = [];
  for (const block of blocks) collect(block, parts);
  if (blocks.length === 0 && typeof message.text === 'string') return lettersOfMarkdown(message.text);
  return parts.join('');
}

function collect(node: unknown, parts: string[]): void {
  if (Array.isArray(node)) {
    for (const child of node) collect(child, parts);
    return;
  }
  if (typeof node !== 'object' || node === null) return;
  const { type, text, user_id, elements, rows, url } = node as Record<string, unknown>;
  switch (type) {
    case 'plan':
    case 'task_card':
    case 'emoji':
      return;
    case 'user':
      if (typeof user_id === 'string') parts.push(lettersOf(user_id));
      return;
    case 'markdown':
      if (typeof text === 'string') parts.push(lettersOfMarkdown(text));
      return;
    case 'link':
      parts.push(lettersOf(typeof text === 'string' ? text : typeof url === 'string' ? url : ''));
      return;
  }
  if (typeof text === 'string') parts.push(lettersOf(text));
  else collect(text, parts);
  collect(elements, parts);
  collect(rows, parts);
}

/** A card's state, wherever the message holds it. */
export function cardStatusIn(message: { blocks?: unknown }, cardId: string): string | undefined {
  for (const { task_id, status } of cardsIn(message.blocks))
    if (task_id === cardId && typeof status === 'string') return status;
  return undefined;
}

/** All cards of a message, inside a plan or on their own. */
export function cardsIn(blocks: unknown): Record<string, unknown>[] {
  if (!Array.isArray(blocks)) return [];
  return blocks.flatMap((block: unknown): Record<string, unknown>[] => {
    if (typeof block !== 'object' || block === null) return [];
    const fields = block as Record<string, unknown>;
    if (fields.type === 'plan') return cardsIn(fields.tasks);
    return fields.type === 'task_card' ? [fields] : [];
  });
}
