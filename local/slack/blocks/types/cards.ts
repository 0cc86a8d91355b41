import { CARD_ACTIONS } from '../elements.ts';
import { LIMITS } from '../limits.ts';
import { anyText, image, mrkdwn, plainText, slackIcon, urlSources } from '../objects.ts';
import { richText } from '../rich-text.ts';
import { array, boolean, has, oneOf, optional, type Shape, string, typed } from '../rules.ts';
import { block } from './block.ts';
import { LAYOUT_BLOCKS } from './layout.ts';
import { table } from './tables.ts';

/** Cards, containers of blocks, and the blocks of agents (§3.1). */

export const card = block(
  'card',
  {
    hero_image: optional(image),
    icon: optional(image),
    slack_icon: optional(slackIcon),
    title: optional(mrkdwn(LIMITS.card.title)),
    subtitle: optional(mrkdwn(LIMITS.card.subtitle)),
    body: optional(mrkdwn(LIMITS.card.body)),
    subtext: optional(mrkdwn(LIMITS.card.subtext)),
    actions: optional(
      array(
        typed('element', () => CARD_ACTIONS),
        LIMITS.card.actions,
      ),
    ),
  },
  (value) => {
    if (has(value, 'icon') && has(value, 'slack_icon')) return 'must define only one of icon and slack_icon';
    const filled = has(value, 'hero_image', 'title', 'actions', 'body');
    return filled ? undefined : 'must define at least one of hero_image, title, actions, body';
  },
);

export const carousel = block('carousel', {
  elements: array(
    typed('type', () => ({ card })),
    LIMITS.carousel.elements,
  ),
});

const { actions, context, divider, file, header, image: imageBlock, input, section, video } = LAYOUT_BLOCKS;
const CHILDREN = {
  actions,
  context,
  divider,
  file,
  header,
  image: imageBlock,
  input,
  rich_text: richText,
  section,
  table,
  video,
};

export const container = block(
  'container',
  {
    title: optional(plainText(LIMITS.container.title)),
    rich_text_title: optional(typed('type', () => ({ rich_text: richText }))),
    subtitle: optional(anyText(LIMITS.container.subtitle)),
    icon: optional(image),
    child_blocks: array(
      typed('type', () => CHILDREN),
      LIMITS.container.childBlocks,
    ),
    width: optional(oneOf('narrow', 'standard', 'wide', 'full')),
    is_collapsible: optional(boolean),
    default_collapsed: optional(boolean),
    has_header_divider: optional(boolean),
  },
  (value) => {
    if (!has(value, 'title', 'rich_text_title')) return 'must define either title or rich_text_title';
    return value.default_collapsed === true && value.is_collapsible !== true
      ? { message: 'requires is_collapsible to be true', at: '/default_collapsed' }
      : undefined;
  },
);

const taskShape = (statuses: string[]): Shape => ({
  task_id: string(),
  title: string(),
  status: oneOf(...statuses),
  details: optional(richText),
  output: optional(richText),
  sources: optional(urlSources),
  icon: optional(slackIcon),
  hide_title: optional(boolean),
});

/** `pending` only inside a plan (§1.3). */
export const taskCard = block('task_card', taskShape(['in_progress', 'complete', 'error']));
const plannedTask = block('task_card', taskShape(['pending', 'in_progress', 'complete', 'error']));

export const plan = block('plan', {
  title: string(),
  tasks: optional(
    array(
      typed('task', () => ({ task_card: plannedTask })),
      undefined,
      0,
    ),
  ),
});
