import { LIMITS } from './limits.ts';
import {
  array,
  boolean,
  integer,
  number,
  type ObjectRule,
  object,
  oneOf,
  optional,
  type Rule,
  type Shape,
  string,
  typed,
} from './rules.ts';

/** rich_text and its inline elements (§3.1, §3.2 "rich_text inline"). */

const style: Rule = object({
  bold: optional(boolean),
  italic: optional(boolean),
  strike: optional(boolean),
  code: optional(boolean),
  underline: optional(boolean),
  highlight: optional(boolean),
  client_highlight: optional(boolean),
  unlink: optional(boolean),
});

const inline = (type: string, shape: Shape): ObjectRule =>
  object({ type: oneOf(type), ...shape, style: optional(style) });

const INLINE: Record<string, ObjectRule> = {
  text: inline('text', { text: string() }),
  link: inline('link', {
    url: string(LIMITS.url),
    text: optional(string()),
    unsafe: optional(boolean),
  }),
  user: inline('user', { user_id: string() }),
  channel: inline('channel', { channel_id: string() }),
  usergroup: inline('usergroup', { usergroup_id: string() }),
  team: inline('team', { team_id: string() }),
  broadcast: inline('broadcast', { range: oneOf('here', 'channel', 'everyone') }),
  emoji: inline('emoji', {
    name: string(),
    unicode: optional(string()),
    skin_tone: optional(number()),
    url: optional(string(LIMITS.url)),
  }),
  date: inline('date', {
    timestamp: number(),
    format: string(),
    url: optional(string(LIMITS.url)),
    fallback: optional(string()),
  }),
  color: inline('color', { value: string() }),
};

const anyInline = array(
  typed('element', () => INLINE),
  undefined,
  0,
);
const section = object({ type: oneOf('rich_text_section'), elements: anyInline });
const border = { border: optional(integer(0, 1)) };

const ELEMENTS: Record<string, ObjectRule> = {
  rich_text_section: section,
  rich_text_quote: object({ type: oneOf('rich_text_quote'), elements: anyInline, ...border }),
  rich_text_preformatted: object({
    type: oneOf('rich_text_preformatted'),
    elements: anyInline,
    language: optional(string()),
    ...border,
  }),
  rich_text_list: object({
    type: oneOf('rich_text_list'),
    style: oneOf('bullet', 'ordered'),
    elements: array(
      typed('element', () => ({ rich_text_section: section })),
      undefined,
      0,
    ),
    indent: optional(integer(0, LIMITS.richText.indent)),
    offset: optional(integer(0)),
    ...border,
  }),
};

export const richText = object({
  type: oneOf('rich_text'),
  block_id: optional(string(LIMITS.blockId)),
  elements: array(
    typed('element', () => ELEMENTS),
    undefined,
    0,
  ),
});
