import { array, boolean, object, oneOf, optional, type Rule, type Shape, string, typed } from './rules.ts';

/** Composition objects of §3.2: text, confirm, option, image source. */

const plainShape = (max: number): Shape => ({
  type: oneOf('plain_text'),
  text: string(max),
  emoji: optional(boolean),
});

export const plainText = (max: number): Rule =>
  typed('text type', () => ({ plain_text: object(plainShape(max)) }));

export const mrkdwn = (max: number): Rule =>
  typed('text type', () => ({
    mrkdwn: object({ type: oneOf('mrkdwn'), text: string(max), verbatim: optional(boolean) }),
  }));

export const anyText = (max: number): Rule =>
  typed('text type', () => ({
    plain_text: object(plainShape(max)),
    mrkdwn: object({ type: oneOf('mrkdwn'), text: string(max), verbatim: optional(boolean) }),
  }));

export const confirm: Rule = object({
  title: plainText(100),
  text: anyText(300),
  confirm: plainText(30),
  deny: plainText(30),
  style: optional(oneOf('primary', 'danger')),
});

const slackFile: Rule = object({ id: optional(string()), url: optional(string()) });

/** An image's members, block or element: alt_text and one of image_url and slack_file. */
export const imageShape: Shape = {
  type: oneOf('image'),
  alt_text: string(2000, 0),
  image_url: optional(string(3000)),
  slack_file: optional(slackFile),
};

export const needsImageSource = (value: { image_url?: unknown; slack_file?: unknown }): string | undefined =>
  (value.image_url === undefined) === (value.slack_file === undefined)
    ? 'must provide exactly one of: image_url, slack_file'
    : undefined;

export const image = object(imageShape, needsImageSource);

export const slackIcon: Rule = object({ type: oneOf('icon'), name: string() });

/** A url source of a task card (§3.2 url). */
export const urlSource: Rule = object({ type: oneOf('url'), url: string(3000), text: optional(string()) });

export const urlSources: Rule = array(urlSource, undefined, 0);
