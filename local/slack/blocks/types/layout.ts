import { ACCESSORIES, ACTIONS_ELEMENTS, CONTEXT_ACTIONS_ELEMENTS, INPUT_ELEMENTS } from '../elements.ts';
import { httpsUrl } from '../formats.ts';
import { LIMITS } from '../limits.ts';
import { anyText, image, imageShape, needsImageSource, plainText, textTypes } from '../objects.ts';
import { richText } from '../rich-text.ts';
import { array, boolean, has, oneOf, optional, string, typed } from '../rules.ts';
import { block } from './block.ts';

/** The blocks of §3.1 that lay out texts, pictures and elements. */

const elements = (of: typeof ACTIONS_ELEMENTS, max: number) =>
  array(
    typed('element', () => of),
    max,
  );

export const LAYOUT_BLOCKS = {
  section: block(
    'section',
    {
      text: optional(anyText(LIMITS.text)),
      fields: optional(array(anyText(LIMITS.section.field), LIMITS.section.fields)),
      accessory: optional(typed('element', () => ACCESSORIES)),
      expand: optional(boolean),
    },
    (value) => (has(value, 'text', 'fields') ? undefined : 'must define either text or fields'),
  ),
  header: block('header', { text: plainText(LIMITS.header.text) }),
  divider: block('divider', {}),
  image: block('image', { ...imageShape, title: optional(plainText(LIMITS.image.title)) }, needsImageSource),
  context: block('context', {
    elements: elements({ image, ...textTypes(LIMITS.text) }, LIMITS.context.elements),
  }),
  actions: block('actions', { elements: elements(ACTIONS_ELEMENTS, LIMITS.actions.elements) }),
  context_actions: block('context_actions', {
    elements: elements(CONTEXT_ACTIONS_ELEMENTS, LIMITS.contextActions.elements),
  }),
  input: block('input', {
    label: plainText(LIMITS.input.label),
    element: typed('element', () => INPUT_ELEMENTS),
    hint: optional(plainText(LIMITS.input.hint)),
    optional: optional(boolean),
    dispatch_action: optional(boolean),
  }),
  rich_text: richText,
  /** The total over all markdown blocks is in totals.ts. */
  markdown: block('markdown', { text: string(LIMITS.markdown.total) }),
  file: block('file', { external_id: string(), source: oneOf('remote') }),
  video: block('video', {
    video_url: httpsUrl,
    thumbnail_url: string(LIMITS.url),
    alt_text: string(),
    title: plainText(LIMITS.video.title),
    title_url: optional(httpsUrl),
    author_name: optional(string(LIMITS.video.authorName)),
    provider_name: optional(string()),
    provider_icon_url: optional(string(LIMITS.url)),
    description: optional(plainText(LIMITS.text)),
  }),
  alert: block('alert', {
    text: anyText(LIMITS.text),
    level: optional(oneOf('default', 'info', 'warning', 'error', 'success')),
  }),
};
