import { expect, it } from 'vitest';
import { cutText } from './cut-text.ts';

it('56 a long text keeps its beginning and its end, and says what is missing', () => {
  const text = `${'a'.repeat(700)}${'b'.repeat(700)}`;
  const cut = cutText(text, 300);
  expect(cut.length).toBeLessThanOrEqual(300);
  const [, head, missing, all, tail] =
    /^(a+)\n\n\[… (\d+) of (\d+) characters left out …\]\n\n(b+)$/.exec(cut) ?? [];
  expect(Number(all)).toBe(1_400);
  expect((head?.length ?? 0) + (tail?.length ?? 0) + Number(missing)).toBe(1_400);
  expect(head?.length).toBeGreaterThan((tail?.length ?? 0) * 1.9);
});

it('56 a text at the limit stays, and no character is cut in two', () => {
  expect(cutText('x'.repeat(300), 300)).toBe('x'.repeat(300));
  for (let limit = 200; limit < 204; limit++)
    expect(cutText('😀'.repeat(300), limit).isWellFormed()).toBe(true);
});
