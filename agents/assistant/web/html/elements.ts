/** Elements whose content is no text of the page. */
export const unread: ReadonlySet<string> = new Set([
  'script',
  'style',
  'template',
  'svg',
  'iframe',
  'object',
  'embed',
  'canvas',
  'video',
  'audio',
  'select',
  'datalist',
  'textarea',
  'noembed',
  'noframes',
]);

/** Elements that stand on lines of their own, and whether an empty line parts them from others. */
export const blocks: ReadonlyMap<string, 1 | 2> = new Map([
  ...['p', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'blockquote', 'pre', 'table', 'figure', 'dl', 'hr'].map(
    (name) => [name, 2] as const,
  ),
  ...['body', 'div', 'section', 'article', 'header', 'footer', 'nav', 'aside', 'main', 'address', 'form'].map(
    (name) => [name, 1] as const,
  ),
  ...['fieldset', 'legend', 'details', 'summary', 'dialog', 'search', 'hgroup', 'center', 'button'].map(
    (name) => [name, 1] as const,
  ),
  ...['ul', 'ol', 'menu', 'li', 'dt', 'dd', 'tr', 'caption', 'figcaption', 'label'].map(
    (name) => [name, 1] as const,
  ),
]);

/** Elements that the page does not show to people either: a place to hide instructions for models in. */
export function isHidden(name: string, attributes: Readonly<Record<string, string>>): boolean {
  const { hidden, style } = attributes;
  if (name === 'dialog' && attributes.open === undefined) return true;
  if (hidden !== undefined && hidden !== 'until-found') return true;
  return style !== undefined && /\b(?:display\s*:\s*none|visibility\s*:\s*hidden)\b/i.test(style);
}
