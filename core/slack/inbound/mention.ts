/** Slack writes a mention as `<@U123>` or `<@U123|name>`. Ids are letters and digits, so they need no escaping. */
function mentionPattern(userId: string): RegExp {
  return new RegExp(`[ \\t]*<@${userId}(?:\\|[^>]*)?>[ \\t]*`, 'g');
}

/** Whether the text mentions this user. */
export function mentions(text: string, userId: string | undefined): boolean {
  return userId !== undefined && mentionPattern(userId).test(text);
}

/**
 * The text without the mentions of this user: what is left reads as if they had been addressed aloud. Line breaks
 * stay, so that quoted code keeps its form. A text that is nothing but the mention stays as it is: somebody
 * called the agent, and an empty message is none that a model accepts.
 */
export function stripMention(text: string, userId: string | undefined): string {
  if (userId === undefined) return text.trim();
  const stripped = text
    .replace(mentionPattern(userId), (found, offset: number) => {
      const before = text[offset - 1];
      const after = text[offset + found.length];
      const edge = before === undefined || before === '\n' || after === undefined || after === '\n';
      return edge || /[,.;:!?]/.test(after) ? '' : ' ';
    })
    .trim()
    .replace(/^[,:;]\s*/, '');
  return stripped === '' ? text.trim() : stripped;
}
