import { isObject, type Json, type JsonObject } from '../json.ts';

/** The escaping of Slack's `text`. */
export function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** The `text` that Slack gives beside blocks: mrkdwn with the blocks' words, for notifications and old clients. */
export function blocksToText(blocks: Json | undefined): string {
  return list(blocks)
    .map(blockText)
    .filter((text) => text !== '')
    .join('\n');
}

function list(value: Json | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

function plain(value: Json | undefined): string {
  if (typeof value === 'string') return value;
  return isObject(value) && typeof value.text === 'string' ? value.text : '';
}

function blockText(block: JsonObject): string {
  switch (block.type) {
    case 'rich_text':
      return list(block.elements).map(richText).join('\n');
    case 'plan':
      // The tasks are not repeated in the text, the plan's title is (§1.3: "folds that into message text").
      return escapeText(plain(block.title));
    case 'table':
      return (Array.isArray(block.rows) ? block.rows : [])
        .map((row) =>
          list(row)
            .map((cell) => (cell.type === 'rich_text' ? blockText(cell) : plain(cell)))
            .join(' | '),
        )
        .join('\n');
    case 'section':
      return [plain(block.text), ...list(block.fields).map(plain)].filter((text) => text !== '').join('\n');
    case 'context':
      return list(block.elements)
        .map((one) => plain(one.text) || plain(one.alt_text))
        .join(' ');
    case 'card':
      return [block.title, block.subtitle, block.body]
        .map(plain)
        .filter((text) => text !== '')
        .join('\n');
    case 'image':
      return plain(block.title) || plain(block.alt_text);
    case 'input':
      return plain(block.label);
    default:
      return plain(block.text);
  }
}

function richText(element: JsonObject): string {
  const inner = list(element.elements);
  switch (element.type) {
    case 'rich_text_list':
      return inner
        .map(
          (item, at) =>
            `${'    '.repeat(Number(element.indent ?? 0))}${bullet(element, at)} ${richText(item)}`,
        )
        .join('\n');
    case 'rich_text_quote':
      return inner
        .map(inlineText)
        .join('')
        .split('\n')
        .map((line) => `&gt; ${line}`)
        .join('\n');
    case 'rich_text_preformatted':
      return `\`\`\`${inner.map((one) => escapeText(plain(one.text))).join('')}\`\`\``;
    default:
      return inner.map(inlineText).join('');
  }
}

function bullet(element: JsonObject, at: number): string {
  return element.style === 'ordered' ? `${Number(element.offset ?? 0) + at + 1}.` : '•';
}

function inlineText(element: JsonObject): string {
  switch (element.type) {
    case 'user':
      return `<@${element.user_id}>`;
    case 'channel':
      return `<#${element.channel_id}>`;
    case 'usergroup':
      return `<!subteam^${element.usergroup_id}>`;
    case 'broadcast':
      return `<!${element.range}>`;
    case 'emoji':
      return `:${element.name}:${element.skin_tone ? `:skin-tone-${element.skin_tone}:` : ''}`;
    case 'link':
      return element.text ? `<${element.url}|${escapeText(plain(element.text))}>` : `<${element.url}>`;
    case 'date':
      return plain(element.fallback);
    default:
      return marked(escapeText(plain(element.text)), element.style);
  }
}

function marked(text: string, style: Json | undefined): string {
  if (!isObject(style)) return text;
  // Marks stand inside surrounding white space, as Slack's own conversion puts them.
  const core = text.trim();
  if (core === '') return text;
  const before = text.slice(0, text.length - text.trimStart().length);
  const after = text.slice(text.trimEnd().length);
  let out = style.code ? `\`${core}\`` : core;
  if (style.strike) out = `~${out}~`;
  if (style.italic) out = `_${out}_`;
  if (style.bold) out = `*${out}*`;
  return before + out + after;
}
