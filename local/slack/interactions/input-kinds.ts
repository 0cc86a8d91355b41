/** How an element carries what a person chose. */
export type InputKind = {
  /** Its member in `actions[]` and `state.values` (§5 "actions[] by type"). */
  member: InputMember;
  /** The element's member with what it starts with. */
  initial: string;
  list: boolean;
};

export type InputMember =
  | 'value'
  | 'rich_text_value'
  | 'selected_option'
  | 'selected_options'
  | 'selected_user'
  | 'selected_users'
  | 'selected_channel'
  | 'selected_channels'
  | 'selected_conversation'
  | 'selected_conversations'
  | 'selected_date'
  | 'selected_time'
  | 'selected_date_time'
  | 'files';

const one = (member: InputMember, initial: string): InputKind => ({ member, initial, list: false });
const many = (member: InputMember, initial: string): InputKind => ({ member, initial, list: true });

/** The elements that keep a value, and so stand in `state.values` (§5). Buttons and overflow menus keep none. */
export const INPUT_KINDS: Record<string, InputKind> = {
  plain_text_input: one('value', 'initial_value'),
  number_input: one('value', 'initial_value'),
  email_text_input: one('value', 'initial_value'),
  url_text_input: one('value', 'initial_value'),
  rich_text_input: one('rich_text_value', 'initial_value'),
  static_select: one('selected_option', 'initial_option'),
  external_select: one('selected_option', 'initial_option'),
  radio_buttons: one('selected_option', 'initial_option'),
  checkboxes: many('selected_options', 'initial_options'),
  multi_static_select: many('selected_options', 'initial_options'),
  multi_external_select: many('selected_options', 'initial_options'),
  users_select: one('selected_user', 'initial_user'),
  multi_users_select: many('selected_users', 'initial_users'),
  channels_select: one('selected_channel', 'initial_channel'),
  multi_channels_select: many('selected_channels', 'initial_channels'),
  conversations_select: one('selected_conversation', 'initial_conversation'),
  multi_conversations_select: many('selected_conversations', 'initial_conversations'),
  datepicker: one('selected_date', 'initial_date'),
  timepicker: one('selected_time', 'initial_time'),
  datetimepicker: one('selected_date_time', 'initial_date_time'),
  file_input: many('files', 'initial_files'),
};
