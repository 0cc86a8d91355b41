import { LIMITS } from '../../local/slack/blocks/limits.ts';
import { type LimitCase, testLimits } from './blocks-limit-cases.ts';
import { confirm, element, HOSTS, many, option, plain, x } from './blocks-samples.ts';

/** A case of §3.2: an element with its member at `n`, in the block that can hold it. */
const of = (
  rule: string,
  [limit, table]: [reference: number, table: number],
  host: keyof typeof HOSTS,
  make: (n: number) => object,
  at: string,
  bound: 'most' | 'least' = 'most',
): LimitCase => {
  const { hold, at: place } = HOSTS[host] ?? { hold: () => ({}), at: '' };
  const type = rule.split(' ')[1] ?? '';
  const surface = host === 'input' ? 'modal' : 'message';
  return {
    rule,
    limit,
    table,
    make: (n) => hold(element(type, { ...make(n) })),
    at: `${place}${at}`,
    bound,
    surface,
  };
};

const { button, option: OPTION, select } = LIMITS;
const options = (n: number) => many(n, option);
const groups = (n: number) => many(n, (at) => ({ label: plain(`g${at}`), options: [option(at)] }));

const selected = (rule: string) =>
  of(
    rule,
    [1, select.minSelectedItems],
    'input',
    (n) => ({ max_selected_items: n }),
    '/max_selected_items',
    'least',
  );
const placeholder = (rule: string, host: string) =>
  of(rule, [150, LIMITS.placeholder], host, (n) => ({ placeholder: plain(x(n)) }), '/placeholder/text');
const lines = (rule: string, name: 'min_lines' | 'max_lines', bound: 'most' | 'least') =>
  of(
    rule,
    bound === 'most' ? [100, LIMITS.richTextInput.maxLines] : [1, LIMITS.richTextInput.minLines],
    'input',
    (n) => ({ min_lines: undefined, max_lines: undefined, [name]: n }),
    `/${name}`,
    bound,
  );
const confirms = (rule: string, name: 'title' | 'text' | 'confirm' | 'deny', limit: number) =>
  of(
    rule,
    [limit, LIMITS.confirm[name]],
    'actions',
    (n) => ({ confirm: confirm({ [name]: plain(x(n)) }) }),
    `/confirm/${name}/text`,
  );

testLimits([
  of(
    '§3.2 button action_id: at most 255',
    [255, LIMITS.actionId],
    'actions',
    (n) => ({ action_id: x(n) }),
    '/action_id',
  ),
  of(
    '§3.2 button text: at most 75',
    [75, button.text],
    'actions',
    (n) => ({ text: plain(x(n)) }),
    '/text/text',
  ),
  of('§3.2 button value: at most 2,000', [2000, button.value], 'actions', (n) => ({ value: x(n) }), '/value'),
  of('§3.2 button url: at most 3,000', [3000, LIMITS.url], 'accessory', (n) => ({ url: x(n) }), '/url'),
  of(
    '§3.2 button accessibility_label: at most 75',
    [75, button.accessibilityLabel],
    'actions',
    (n) => ({ accessibility_label: x(n) }),
    '/accessibility_label',
  ),
  of(
    '§3.2 workflow_button text: at most 75',
    [75, button.text],
    'actions',
    (n) => ({ text: plain(x(n)) }),
    '/text/text',
  ),
  of(
    '§3.2 feedback_buttons accessibility_label: at most 75',
    [75, button.accessibilityLabel],
    'context_actions',
    (n) => ({ negative_button: { text: plain('a'), value: 'b', accessibility_label: x(n) } }),
    '/negative_button/accessibility_label',
  ),
  of(
    '§3.2 icon_button value: at most 2,000',
    [2000, button.value],
    'context_actions',
    (n) => ({ value: x(n) }),
    '/value',
  ),
  of(
    '§3.2 checkboxes options: at most 10',
    [10, LIMITS.checkboxes.options],
    'actions',
    (n) => ({ options: options(n), initial_options: undefined }),
    '/options',
  ),
  of(
    '§3.2 radio_buttons options: at most 10',
    [10, LIMITS.radioButtons.options],
    'actions',
    (n) => ({ options: options(n), initial_option: undefined }),
    '/options',
  ),
  of(
    '§3.2 overflow options: at most 5',
    [5, LIMITS.overflow.options],
    'actions',
    (n) => ({ options: options(n) }),
    '/options',
  ),
  of(
    '§3.2 overflow options: at least 1',
    [1, LIMITS.overflow.minOptions],
    'actions',
    (n) => ({ options: options(n) }),
    '/options',
    'least',
  ),
  of(
    '§3.2 overflow option url: at most 3,000',
    [3000, LIMITS.url],
    'actions',
    (n) => ({ options: [{ ...option(), url: x(n) }] }),
    '/options/0/url',
  ),
  of(
    '§3.2 static_select options: at most 100',
    [100, select.options],
    'actions',
    (n) => ({ options: options(n) }),
    '/options',
  ),
  of(
    '§3.2 static_select option_groups: at most 100',
    [100, select.optionGroups],
    'actions',
    (n) => ({ options: undefined, option_groups: groups(n) }),
    '/option_groups',
  ),
  of(
    '§3.2 multi_static_select options: at most 100',
    [100, select.options],
    'accessory',
    (n) => ({ options: options(n), option_groups: undefined, initial_options: undefined }),
    '/options',
  ),
  of(
    '§3.2 multi_static_select option_groups: at most 100',
    [100, select.optionGroups],
    'accessory',
    (n) => ({ option_groups: groups(n), initial_options: undefined }),
    '/option_groups',
  ),
  selected('§3.2 multi_static_select max_selected_items: at least 1'),
  selected('§3.2 multi_external_select max_selected_items: at least 1'),
  selected('§3.2 multi_users_select max_selected_items: at least 1'),
  selected('§3.2 multi_conversations_select max_selected_items: at least 1'),
  selected('§3.2 multi_channels_select max_selected_items: at least 1'),
  of(
    '§3.2 static_select option text: at most 75',
    [75, OPTION.text],
    'actions',
    (n) => ({ options: [{ text: plain(x(n)), value: 'v' }] }),
    '/options/0/text/text',
  ),
  of(
    '§3.2 static_select option value: at most 75',
    [75, OPTION.value],
    'actions',
    (n) => ({ options: [{ text: plain('a'), value: x(n) }] }),
    '/options/0/value',
  ),
  of(
    '§3.2 static_select option description: at most 75',
    [75, OPTION.description],
    'actions',
    (n) => ({ options: [{ ...option(), description: plain(x(n)) }] }),
    '/options/0/description/text',
  ),
  of(
    '§3.2 static_select option_group label: at most 75',
    [75, LIMITS.optionGroup.label],
    'actions',
    (n) => ({ options: undefined, option_groups: [{ label: plain(x(n)), options: [option()] }] }),
    '/option_groups/0/label/text',
  ),
  of(
    '§3.2 static_select option_group options: at most 100',
    [100, LIMITS.optionGroup.options],
    'actions',
    (n) => ({ options: undefined, option_groups: [{ label: plain('a'), options: options(n) }] }),
    '/option_groups/0/options',
  ),
  placeholder('§3.2 static_select placeholder: at most 150', 'actions'),
  placeholder('§3.2 multi_users_select placeholder: at most 150', 'accessory'),
  placeholder('§3.2 datepicker placeholder: at most 150', 'actions'),
  placeholder('§3.2 timepicker placeholder: at most 150', 'actions'),
  placeholder('§3.2 plain_text_input placeholder: at most 150', 'input'),
  placeholder('§3.2 number_input placeholder: at most 150', 'input'),
  placeholder('§3.2 email_text_input placeholder: at most 150', 'input'),
  placeholder('§3.2 url_text_input placeholder: at most 150', 'input'),
  placeholder('§3.2 rich_text_input placeholder: at most 150', 'input'),
  of(
    '§3.2 plain_text_input min_length: at most 3,000',
    [3000, LIMITS.plainTextInput.minLength],
    'input',
    (n) => ({ min_length: n, max_length: undefined }),
    '/min_length',
  ),
  of(
    '§3.2 plain_text_input max_length (UNCERTAIN): at most 3,000',
    [3000, LIMITS.plainTextInput.maxLength],
    'input',
    (n) => ({ max_length: n }),
    '/max_length',
  ),
  lines('§3.2 rich_text_input min_lines: at most 100', 'min_lines', 'most'),
  lines('§3.2 rich_text_input max_lines: at most 100', 'max_lines', 'most'),
  lines('§3.2 rich_text_input min_lines: at least 1', 'min_lines', 'least'),
  lines('§3.2 rich_text_input max_lines: at least 1', 'max_lines', 'least'),
  of(
    '§3.2 file_input max_files: at most 10',
    [10, LIMITS.fileInput.maxFiles],
    'input',
    (n) => ({ max_files: n }),
    '/max_files',
  ),
  of(
    '§3.2 file_input max_files: at least 1',
    [1, LIMITS.fileInput.minFiles],
    'input',
    (n) => ({ max_files: n }),
    '/max_files',
    'least',
  ),
  confirms('§3.2 button confirm title: at most 100', 'title', 100),
  confirms('§3.2 button confirm text: at most 300', 'text', 300),
  confirms('§3.2 button confirm confirm: at most 30', 'confirm', 30),
  confirms('§3.2 button confirm deny: at most 30', 'deny', 30),
]);
