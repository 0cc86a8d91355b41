import { LIMITS } from './limits.ts';
import {
  array,
  boolean,
  exactlyOne,
  has,
  object,
  oneOf,
  optional,
  type Rule,
  type Shape,
  string,
  typed,
} from './rules.ts';

/** Composition objects of §3.2: text, confirm, filter, dispatch config, image source. */

const plainShape = (max: number): Shape => ({
  type: oneOf('plain_text'),
  text: string(max),
  emoji: optional(boolean),
});

const mrkdwnShape = (max: number): Shape => ({
  type: oneOf('mrkdwn'),
  text: string(max),
  verbatim: optional(boolean),
});

/** Text objects by type, for lists that hold more than texts. */
export const textTypes = (max: number) => ({
  plain_text: object(plainShape(max)),
  mrkdwn: object(mrkdwnShape(max)),
});

export const plainText = (max: number): Rule =>
  typed('text type', () => ({ plain_text: object(plainShape(max)) }));

export const mrkdwn = (max: number): Rule => typed('text type', () => ({ mrkdwn: object(mrkdwnShape(max)) }));

export const anyText = (max: number): Rule => typed('text type', () => textTypes(max));

export const placeholder: Rule = plainText(LIMITS.placeholder);

export const confirm: Rule = object({
  title: plainText(LIMITS.confirm.title),
  text: anyText(LIMITS.confirm.text),
  confirm: plainText(LIMITS.confirm.confirm),
  deny: plainText(LIMITS.confirm.deny),
  style: optional(oneOf('primary', 'danger')),
});

/** Which conversations a menu offers; at least one of the three. */
export const conversationFilter: Rule = object(
  {
    include: optional(array(oneOf('im', 'mpim', 'private', 'public'))),
    exclude_external_shared_channels: optional(boolean),
    exclude_bot_users: optional(boolean),
  },
  (value) =>
    has(value, 'include', 'exclude_external_shared_channels', 'exclude_bot_users')
      ? undefined
      : 'must define at least one of: include, exclude_external_shared_channels, exclude_bot_users',
);

/** When a text input sends `block_actions` while somebody types. */
export const dispatchActionConfig: Rule = object({
  trigger_actions_on: optional(array(oneOf('on_enter_pressed', 'on_character_entered'))),
});

const slackFile: Rule = object(
  { id: optional(string()), url: optional(string(LIMITS.url)) },
  exactlyOne('id', 'url'),
);

/** An image's members, block or element: alt_text and one of image_url and slack_file. */
export const imageShape: Shape = {
  type: oneOf('image'),
  alt_text: string(LIMITS.image.altText, 0),
  image_url: optional(string(LIMITS.url)),
  slack_file: optional(slackFile),
};

export const needsImageSource = exactlyOne('image_url', 'slack_file');

export const image = object(imageShape, needsImageSource);

export const slackIcon: Rule = object({ type: oneOf('icon'), name: string() });

/** A url source of a task card (§3.2 url). */
export const urlSource: Rule = object({
  type: oneOf('url'),
  url: string(LIMITS.url),
  text: string(),
});

export const urlSources: Rule = array(urlSource, undefined, 0);
