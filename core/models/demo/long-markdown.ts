const subjects = [
  'A session',
  'A turn',
  'A step',
  'A pause',
  'The relay',
  'The sweep',
  'A budget',
  'The log',
];
const deeds = [
  'keeps what it needs in one record',
  'goes on where the last one stopped',
  'costs nothing while it waits',
  'is shown only after it was stored',
  'asks people before it does what they must decide',
];

function sentence(number: number): string {
  return `${subjects[number % subjects.length]} ${deeds[number % deeds.length]} (${number}).`;
}

function paragraph(section: number): string {
  return [1, 2, 3, 4].map((offset) => sentence(section * 4 + offset)).join(' ');
}

/** The kinds of block that a section may have, in turn. */
const extras: readonly ((section: number) => string)[] = [
  (n) =>
    [
      `- first point of section ${n}`,
      `- second point, with **bold** and \`code\``,
      `- third point, with _emphasis_`,
    ].join('\n'),
  (n) =>
    ['```ts', `const section = ${n};`, `console.log('section', section, 'of a long answer');`, '```'].join(
      '\n',
    ),
  (n) =>
    ['| step | takes |', '| --- | --- |', `| ${n}.1 | ${n * 3} ms |`, `| ${n}.2 | ${n * 7} ms |`].join('\n'),
  (n) => [`1. begin section ${n}`, '2. go on', '3. end it'].join('\n'),
];

/**
 * Markdown of exactly `chars` characters that makes sense block by block: headings, paragraphs, lists, code and
 * tables. Its sentences are numbered, so that a missing or doubled one can be seen.
 */
export function longMarkdown(chars: number): string {
  let text = '';
  for (let section = 1; ; section++) {
    const extra = extras[(section - 1) % extras.length];
    const blocks = [`## Section ${section}`, paragraph(section), extra?.(section) ?? ''].join('\n\n');
    if (text.length + blocks.length + 2 > chars) break;
    text += `${blocks}\n\n`;
  }
  return text + closing(chars - text.length);
}

/** Fills up with plain words; no block is left open by it. */
function closing(chars: number): string {
  let text = 'To close:';
  for (let number = 1; text.length < chars; number++) text += ` ${sentence(number)}`;
  return chars <= 0 ? '' : `${text.slice(0, chars - 1).replace(/\s$/, '.')}.`;
}
