/** All objects of a type inside of blocks, in the order in which they are shown. */
export function ofType(value: unknown, type: string): Record<string, unknown>[] {
  if (Array.isArray(value)) return value.flatMap((one) => ofType(one, type));
  if (typeof value !== 'object' || value === null) return [];
  const own = 'type' in value && value.type === type ? [{ ...value }] : [];
  return [...own, ...Object.values(value).flatMap((one) => ofType(one, type))];
}

/** What each block says: the title of a card, or its text in one line. */
export function saidBy(blocks: unknown): string[] {
  if (!Array.isArray(blocks)) return [];
  return blocks.map((block: unknown) => {
    const [card] = ofType(block, 'task_card');
    if (card) return `[${String(card.title)}]`;
    return ofType(block, 'text')
      .map(({ text }) => String(text))
      .join('')
      .replace(/\s+/g, ' ')
      .trim();
  });
}
