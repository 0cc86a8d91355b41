import { LIMITS } from '../limits.ts';
import { confirm, conversationFilter, placeholder } from '../objects.ts';
import { initialAmongOptions, option, optionGroups, options } from '../options.ts';
import {
  all,
  array,
  boolean,
  type Check,
  exactlyOne,
  integer,
  optional,
  type Rule,
  type Shape,
  string,
} from '../rules.ts';
import { element } from './element.ts';

/** The select menus of §3.2: five sources of options, each for one choice and for several. */

const shared: Shape = {
  placeholder: optional(placeholder),
  confirm: optional(confirm),
  focus_on_load: optional(boolean),
};

const several: Shape = { max_selected_items: optional(integer(LIMITS.select.minSelectedItems)) };
const ids: Rule = array(string());

const single = (type: string, shape: Shape, check?: Check) => element(type, { ...shared, ...shape }, check);
const multi = (type: string, shape: Shape, check?: Check) =>
  element(type, { ...shared, ...several, ...shape }, check);

const offers: Shape = { options: optional(options), option_groups: optional(optionGroups) };
const offersGood = all(exactlyOne('options', 'option_groups'), initialAmongOptions);
const query: Shape = { min_query_length: optional(integer(0)) };
const conversations: Shape = {
  default_to_current_conversation: optional(boolean),
  filter: optional(conversationFilter),
};
const respondable: Shape = { response_url_enabled: optional(boolean) };

export const SELECTS = {
  static_select: single('static_select', { ...offers, initial_option: optional(option) }, offersGood),
  external_select: single('external_select', { ...query, initial_option: optional(option) }),
  users_select: single('users_select', { initial_user: optional(string()) }),
  conversations_select: single('conversations_select', {
    ...conversations,
    ...respondable,
    initial_conversation: optional(string()),
  }),
  channels_select: single('channels_select', { ...respondable, initial_channel: optional(string()) }),
};

export const MULTI_SELECTS = {
  multi_static_select: multi(
    'multi_static_select',
    { ...offers, initial_options: optional(array(option, LIMITS.select.options)) },
    offersGood,
  ),
  multi_external_select: multi('multi_external_select', {
    ...query,
    initial_options: optional(array(option, LIMITS.select.options)),
  }),
  multi_users_select: multi('multi_users_select', { initial_users: optional(ids) }),
  multi_conversations_select: multi('multi_conversations_select', {
    ...conversations,
    initial_conversations: optional(ids),
  }),
  multi_channels_select: multi('multi_channels_select', { initial_channels: optional(ids) }),
};
