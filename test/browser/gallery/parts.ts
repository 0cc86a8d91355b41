import type { Json, JsonObject } from '../../../local/slack/json.ts';

/** Small makers of Block Kit objects, so that the gallery reads as what it shows. */

export const plain = (text: string): JsonObject => ({ type: 'plain_text', text });
export const mrkdwn = (text: string): JsonObject => ({ type: 'mrkdwn', text });
export const option = (text: string, value: string, description?: string): JsonObject => ({
  text: plain(text),
  value,
  ...(description === undefined ? {} : { description: plain(description) }),
});
export const runs = (...elements: JsonObject[]): JsonObject => ({ type: 'rich_text_section', elements });
export const text = (words: string, style?: JsonObject): JsonObject => ({
  type: 'text',
  text: words,
  ...(style ? { style } : {}),
});
export const rich = (...elements: JsonObject[]): JsonObject => ({ type: 'rich_text', elements });
export const says = (words: string): JsonObject => rich(runs(text(words)));
export const button = (words: string, actionId: string, more: JsonObject = {}): JsonObject => ({
  type: 'button',
  text: plain(words),
  action_id: actionId,
  ...more,
});
export const input = (label: string, element: JsonObject, more: JsonObject = {}): JsonObject => ({
  type: 'input',
  block_id: `in_${String(element.action_id)}`,
  label: plain(label),
  element,
  ...more,
});

/** A picture that needs no network. */
export const PICTURE = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 360 180"><rect width="360" height="180" fill="#17484e"/><path d="M0 150 Q90 60 180 120 T360 60 V180 H0Z" fill="#2a7880"/><circle cx="290" cy="46" r="22" fill="#f2c14e"/></svg>',
)}`;

export const CONFIRM: JsonObject = {
  title: plain('Restart the service?'),
  text: mrkdwn('*checkout* restarts in two zones. Open orders wait for about a minute.'),
  confirm: plain('Restart'),
  deny: plain('Not now'),
  style: 'danger',
};

export const REGIONS: Json[] = [
  option('Frankfurt', 'eu-central-1', 'Nearest to most users'),
  option('Dublin', 'eu-west-1'),
  option('Ohio', 'us-east-2', 'Has room'),
];

export const REGION_GROUPS: Json[] = [
  { label: plain('Europe'), options: REGIONS.slice(0, 2) },
  { label: plain('America'), options: [option('Ohio', 'us-east-2'), option('Oregon', 'us-west-2')] },
];
