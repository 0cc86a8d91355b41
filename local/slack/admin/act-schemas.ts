import { z } from 'zod';

/** Bodies of the routes that act as a person: closed, as all of the admin API. */

const text = z.string().min(1);
const json = z.record(z.string(), z.json());
const option = z.union([z.string(), json]);

/** What a person chose or wrote: the members of `actions[]` by type (§5). */
const input = {
  value: z.string().nullable().optional(),
  rich_text_value: json.nullable().optional(),
  selected_option: option.nullable().optional(),
  selected_options: z.array(option).optional(),
  selected_user: z.string().nullable().optional(),
  selected_users: z.array(text).optional(),
  selected_channel: z.string().nullable().optional(),
  selected_channels: z.array(text).optional(),
  selected_conversation: z.string().nullable().optional(),
  selected_conversations: z.array(text).optional(),
  selected_date: z.string().nullable().optional(),
  selected_time: z.string().nullable().optional(),
  selected_date_time: z.int().nullable().optional(),
  files: z.array(text).optional(),
  choice: z.enum(['positive', 'negative']).optional(),
};

const message = { user: text, channel: text, ts: text };
const element = { action_id: text, block_id: text.optional() };
const view = { user: text, view_id: text.optional() };
const values = z.record(z.string(), z.record(z.string(), z.strictObject(input)));

export const post = z.strictObject({
  user: text,
  channel: text,
  text: z.string(),
  thread_ts: text.optional(),
  broadcast: z.boolean().optional(),
});
export const edit = z.strictObject({ ...message, text });
export const remove = z.strictObject(message);
export const react = z.strictObject({ ...message, name: text, remove: z.boolean().optional() });
export const stop = z.strictObject({ user: text, channel: text, thread_ts: text });
export const title = z.strictObject({ user: text, channel: text, thread_ts: text, title: text });

export const click = z.strictObject({ ...message, ...element, ...input, state: json.optional() });
export const enter = z.strictObject({ ...message, ...element, ...input });
export const suggest = z.strictObject({
  user: text,
  ...element,
  value: z.string(),
  channel: text.optional(),
  ts: text.optional(),
  view_id: text.optional(),
});

export const command = z.strictObject({ user: text, channel: text, thread_ts: text.optional(), text });
export const shortcut = z.strictObject({
  user: text,
  callback_id: text,
  channel: text.optional(),
  ts: text.optional(),
  app: text.optional(),
});
export const sslCheck = z.strictObject({ command: text, app: text.optional() });

export const viewState = z.strictObject({ ...view, values });
export const viewAction = z.strictObject({ ...view, ...element, ...input });
export const viewSubmit = z.strictObject({ ...view, values: values.optional() });
export const viewClose = z.strictObject({ ...view, all: z.boolean().optional() });

export const home = z.strictObject({ user: text, app: text.optional(), tab: z.enum(['home', 'messages']) });
export const context = z.strictObject({ user: text, app: text.optional(), entities: z.array(json) });
export const assistantThread = z.strictObject({ user: text, app: text.optional(), context: json.optional() });
