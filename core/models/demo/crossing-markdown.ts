/** A Slack message holds about this much; each block below is so large that the end of a message falls into it. */
const BLOCK_CHARS = 9_400;

/** Lines of one kind until they are large enough. */
function linesOf(line: (number: number) => string): string {
  const lines: string[] = [];
  for (let number = 1, chars = 0; chars < BLOCK_CHARS; number++) {
    const next = line(number);
    lines.push(next);
    chars += next.length + 1;
  }
  return lines.join('\n');
}

const codeLine = (n: number): string => `const line${n} = 'the fence goes on in the next message'; // ${n}`;
const tableRow = (n: number): string =>
  `| row ${n} | ${n * 3} ms | the header stands above it in every message |`;

/** Three levels: every fourth item opens one, the one after it another below it. */
function listItem(n: number): string {
  if (n % 4 === 2) return `   - point ${n}, one level down`;
  if (n % 4 === 3) return `      - point ${n}, two levels down, with **bold** and \`code\``;
  return n % 4 === 0 ? `   - point ${n}, one level up again` : `${Math.ceil(n / 4)}. item ${n}`;
}

/**
 * Markdown of about 29,000 characters: a code fence, a table and a nested list, each of which is cut where a message
 * is full. Its lines are numbered, so that a missing or doubled one can be seen.
 */
export function crossingMarkdown(): string {
  return [
    'This answer is longer than three messages.',
    `\`\`\`ts\n${linesOf(codeLine)}\n\`\`\``,
    'A table comes next.',
    `| row | takes | note |\n| --- | --- | --- |\n${linesOf(tableRow)}`,
    'And a list with lists in it.',
    linesOf(listItem),
    'That was all of it.',
  ].join('\n\n');
}
