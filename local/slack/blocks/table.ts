import type { JsonObject } from '../json.ts';
import {
  ACCESSORIES,
  ACTIONS_ELEMENTS,
  button,
  CONTEXT_ACTIONS_ELEMENTS,
  INPUT_ELEMENTS,
} from './elements.ts';
import {
  anyText,
  image,
  imageShape,
  mrkdwn,
  needsImageSource,
  plainText,
  slackIcon,
  urlSources,
} from './objects.ts';
import { richText } from './rich-text.ts';
import {
  array,
  boolean,
  type ObjectRule,
  object,
  oneOf,
  optional,
  type Rule,
  type Shape,
  string,
  typed,
} from './rules.ts';

/** The blocks that a message may hold here, with the limits of §3.1. Any other type is refused. */

const block = (type: string, shape: Shape, check?: (value: JsonObject) => string | undefined): ObjectRule =>
  object({ type: oneOf(type), block_id: optional(string(255)), ...shape }, check);

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
const standaloneTask = block('task_card', taskShape(['in_progress', 'complete', 'error']));
const plannedTask = block('task_card', taskShape(['pending', 'in_progress', 'complete', 'error']));

const cell: Rule = typed('cell', () => ({
  rich_text: richText,
  raw_text: object({ type: oneOf('raw_text'), text: string() }),
  raw_number: object({ type: oneOf('raw_number'), value: { kind: 'number' }, text: string() }),
}));

const has = (value: JsonObject, ...names: string[]): boolean =>
  names.some((name) => value[name] !== undefined);

export const MESSAGE_BLOCKS: Record<string, ObjectRule> = {
  section: block(
    'section',
    {
      text: optional(anyText(3000)),
      fields: optional(array(anyText(2000), 10)),
      accessory: optional(typed('element', () => ACCESSORIES)),
      expand: optional(boolean),
    },
    (value) => (has(value, 'text', 'fields') ? undefined : 'must define either text or fields'),
  ),
  header: block('header', { text: plainText(150) }),
  divider: block('divider', {}),
  image: object(
    { ...imageShape, block_id: optional(string(255)), title: optional(plainText(2000)) },
    needsImageSource,
  ),
  context: block('context', {
    elements: array(
      typed('element', () => ({ image, ...textElements(3000) })),
      10,
    ),
  }),
  actions: block('actions', {
    elements: array(
      typed('element', () => ACTIONS_ELEMENTS),
      25,
    ),
  }),
  input: block('input', {
    label: plainText(2000),
    element: typed('element', () => INPUT_ELEMENTS),
    hint: optional(plainText(2000)),
    optional: optional(boolean),
    dispatch_action: optional(boolean),
  }),
  rich_text: richText,
  markdown: block('markdown', { text: string(12_000) }),
  table: block('table', {
    rows: array(array(cell, 20), 100),
    column_settings: optional(
      array(object({ align: optional(oneOf('left', 'center', 'right')), is_wrapped: optional(boolean) }), 20),
    ),
  }),
  card: block(
    'card',
    {
      hero_image: optional(image),
      icon: optional(image),
      slack_icon: optional(slackIcon),
      title: optional(mrkdwn(150)),
      subtitle: optional(mrkdwn(150)),
      body: optional(mrkdwn(200)),
      subtext: optional(mrkdwn(200)),
      actions: optional(array(button, 3)),
    },
    (value) => {
      if (has(value, 'icon') && has(value, 'slack_icon'))
        return 'must define only one of icon and slack_icon';
      const filled = has(value, 'hero_image', 'title', 'actions', 'body');
      return filled ? undefined : 'must define at least one of hero_image, title, actions, body';
    },
  ),
  plan: block('plan', {
    title: string(),
    tasks: optional(
      array(
        typed('task', () => ({ task_card: plannedTask })),
        50,
        0,
      ),
    ),
  }),
  task_card: standaloneTask,
  context_actions: block('context_actions', {
    elements: array(
      typed('element', () => CONTEXT_ACTIONS_ELEMENTS),
      5,
    ),
  }),
};

function textElements(max: number): Record<string, ObjectRule> {
  const text: Shape = { type: oneOf('plain_text', 'mrkdwn'), text: string(max) };
  return {
    plain_text: object({ ...text, emoji: optional(boolean) }),
    mrkdwn: object({ ...text, verbatim: optional(boolean) }),
  };
}
