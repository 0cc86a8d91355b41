import { h } from './dom.js';
import { store } from './store.js';

/** Draws a rich_text block: sections, lists, quotes and code. */
export function richText(block) {
  return (block.elements ?? []).map(element);
}

function element(part) {
  const inner = part.elements ?? [];
  switch (part.type) {
    case 'rich_text_list': {
      const items = inner.map((item) => h('li', {}, inline(item.elements)));
      const margin = part.indent ? `margin-left:${part.indent * 22}px` : null;
      if (part.style === 'ordered') return h('ol', { start: (part.offset ?? 0) + 1, style: margin }, items);
      return h('ul', { style: margin }, items);
    }
    case 'rich_text_quote':
      return h('blockquote', {}, inline(inner));
    case 'rich_text_preformatted':
      return h(
        'pre',
        {},
        inner.map((one) => one.text ?? one.url ?? ''),
      );
    default:
      return h('div', { class: 'rich-section' }, inline(inner));
  }
}

/** Draws inline elements: marked text, links, mentions, emoji. */
export function inline(parts = []) {
  return parts.map((part) => marked(leaf(part), part.style));
}

function leaf(part) {
  switch (part.type) {
    case 'link':
      return h('a', { href: safe(part.url), target: '_blank', rel: 'noreferrer' }, part.text || part.url);
    case 'user': {
      const self = part.user_id === store.user ? ' self' : '';
      return h(
        'span',
        { class: `mention${self}` },
        `@${store.people.get(part.user_id)?.displayName ?? part.user_id}`,
      );
    }
    case 'channel':
      return h(
        'span',
        { class: 'mention' },
        `#${store.channels.get(part.channel_id)?.name ?? part.channel_id}`,
      );
    case 'broadcast':
      return h('span', { class: 'mention self' }, `@${part.range}`);
    case 'usergroup':
      return h('span', { class: 'mention' }, `@${part.usergroup_id}`);
    case 'emoji':
      return emoji(part);
    case 'date':
      return part.fallback || new Date(part.timestamp * 1000).toLocaleString();
    default:
      return part.text ?? '';
  }
}

/** Signs that mean something are drawn, so that they look the same without an emoji font. */
const SIGNS = {
  white_check_mark: ['good', '✓'],
  heavy_check_mark: ['good', '✓'],
  x: ['bad', '✕'],
  no_entry: ['bad', '–'],
  no_entry_sign: ['bad', '–'],
  octagonal_sign: ['bad', '■'],
  warning: ['careful', '!'],
};

function emoji({ name, char }) {
  const [kind, sign] = SIGNS[name] ?? [];
  const text = sign ?? char ?? `:${name}:`;
  return h('span', { role: 'img', 'aria-label': name, class: kind && `sign-emoji ${kind}` }, text);
}

function safe(url) {
  return /^(https?:|mailto:)/.test(url ?? '') ? url : undefined;
}

function marked(node, style = {}) {
  let out = node;
  if (style.code) out = h('code', {}, out);
  if (style.strike) out = h('s', {}, out);
  if (style.italic) out = h('em', {}, out);
  if (style.bold) out = h('strong', {}, out);
  return out;
}

/** Draws a text object: plain as it is, mrkdwn by the rich_text that the simulator put beside it. */
export function textObject(text) {
  if (!text) return [];
  return text.rich_text ? richText(text.rich_text) : [h('div', { class: 'rich-section' }, text.text ?? '')];
}
