import {
  array,
  boolean,
  number,
  type ObjectRule,
  object,
  oneOf,
  optional,
  type Rule,
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
const styled = { style: optional(style) };

const INLINE: Record<string, ObjectRule> = {
  text: object({ type: oneOf('text'), text: string(), ...styled }),
  link: object({
    type: oneOf('link'),
    url: string(3000),
    text: optional(string()),
    unsafe: optional(boolean),
    ...styled,
  }),
  user: object({ type: oneOf('user'), user_id: string(), ...styled }),
  channel: object({ type: oneOf('channel'), channel_id: string(), ...styled }),
  usergroup: object({ type: oneOf('usergroup'), usergroup_id: string(), ...styled }),
  team: object({ type: oneOf('team'), team_id: string(), ...styled }),
  broadcast: object({ type: oneOf('broadcast'), range: oneOf('here', 'channel', 'everyone'), ...styled }),
  emoji: object({
    type: oneOf('emoji'),
    name: string(),
    unicode: optional(string()),
    skin_tone: optional(number()),
    ...styled,
  }),
  date: object({
    type: oneOf('date'),
    timestamp: number(),
    format: string(),
    url: optional(string(3000)),
    fallback: optional(string()),
    ...styled,
  }),
  color: object({ type: oneOf('color'), value: string(), ...styled }),
};

const inline = array(
  typed('element', () => INLINE),
  undefined,
  0,
);
const section = object({ type: oneOf('rich_text_section'), elements: inline });
const border = { border: optional(number(0, 1)) };

const ELEMENTS: Record<string, ObjectRule> = {
  rich_text_section: section,
  rich_text_quote: object({ type: oneOf('rich_text_quote'), elements: inline, ...border }),
  rich_text_preformatted: object({
    type: oneOf('rich_text_preformatted'),
    elements: inline,
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
    indent: optional(number(0, 8)),
    offset: optional(number(0)),
    ...border,
  }),
};

export const richText = object({
  type: oneOf('rich_text'),
  block_id: optional(string(255)),
  elements: array(
    typed('element', () => ELEMENTS),
    undefined,
    0,
  ),
});
