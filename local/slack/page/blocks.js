import { click } from './actions.js';
import { askConfirm } from './dialogs.js';
import { h } from './dom.js';
import { icon } from './icons.js';
import { richText, textObject } from './rich-text.js';
import { planBlock, taskCard } from './tasks.js';

/** Draws the blocks of a message. */
export function blocks(message) {
  return message.blocks.map((block) => h('div', { class: 'block' }, draw(block, message)));
}

function draw(block, message) {
  switch (block.type) {
    case 'rich_text':
      return richText(block);
    case 'section':
      return h(
        'div',
        { class: 'section' },
        h(
          'div',
          {},
          textObject(block.text),
          block.fields &&
            h(
              'div',
              { class: 'fields' },
              block.fields.map((field) => h('div', {}, textObject(field))),
            ),
        ),
        block.accessory && element(block.accessory, block, message),
      );
    case 'header':
      return h('h3', { class: 'header-block' }, block.text.text);
    case 'divider':
      return h('hr', { class: 'divider' });
    case 'context':
      return h(
        'div',
        { class: 'context' },
        block.elements.map((one) => element(one, block, message)),
      );
    case 'actions':
      return h(
        'div',
        { class: 'actions' },
        block.elements.map((one) => element(one, block, message)),
      );
    case 'context_actions':
      return h(
        'div',
        { class: 'actions' },
        block.elements.map((one) => element(one, block, message)),
      );
    case 'image':
      return h(
        'div',
        { class: 'image-block' },
        block.title && h('div', { class: 'context' }, block.title.text),
        h('img', { src: block.image_url, alt: block.alt_text }),
      );
    case 'card':
      return card(block, message);
    case 'plan':
      return planBlock(block, message);
    case 'task_card':
      return h('div', { class: 'task-card' }, taskCard(block, message));
    case 'table':
      return table(block);
    case 'input':
      return input(block);
    default:
      return h('em', {}, `[${block.type}]`);
  }
}

function card(block, message) {
  return h(
    'div',
    { class: 'card-block' },
    block.hero_image && h('img', { src: block.hero_image.image_url, alt: block.hero_image.alt_text }),
    block.title && h('div', { class: 'card-title' }, textObject(block.title)),
    block.subtitle && h('div', { class: 'card-sub' }, textObject(block.subtitle)),
    block.body && h('div', {}, textObject(block.body)),
    block.subtext && h('div', { class: 'card-sub' }, textObject(block.subtext)),
    block.actions &&
      h(
        'div',
        { class: 'actions' },
        block.actions.map((one) => element(one, block, message)),
      ),
  );
}

function table(block) {
  const align = (at) => `text-align:${block.column_settings?.[at]?.align ?? 'left'}`;
  const cell = (one, at) =>
    h('td', { style: align(at) }, one.type === 'rich_text' ? richText(one) : (one.text ?? ''));
  const rows = block.rows.map((row) => h('tr', {}, row.map(cell)));
  return h('div', { class: 'table-wrap' }, h('table', { class: 'table-block' }, h('tbody', {}, rows)));
}

function input(block) {
  const id = `input-${block.block_id}`;
  const properties = { id, 'data-block': block.block_id, 'data-action': block.element.action_id };
  const field = block.element.multiline ? h('textarea', { ...properties, rows: 3 }) : h('input', properties);
  field.value = block.element.initial_value ?? '';
  if (block.element.placeholder) field.setAttribute('placeholder', block.element.placeholder.text);
  return h(
    'div',
    { class: 'input-block' },
    h('label', { for: id }, block.label.text, block.optional && h('span', { class: 'hint' }, ' (optional)')),
    field,
    block.hint && h('div', { class: 'hint' }, block.hint.text),
  );
}

function element(one, block, message) {
  switch (one.type) {
    case 'button':
      return button(one, block, message);
    case 'image':
      return h('img', { src: one.image_url, alt: one.alt_text });
    case 'feedback_buttons':
      return h(
        'span',
        { class: 'feedback', role: 'group', 'aria-label': 'Feedback' },
        feedback(one, block, message, 'positive', 'up'),
        feedback(one, block, message, 'negative', 'down'),
      );
    case 'icon_button':
      return h(
        'button',
        { class: 'icon-button', type: 'button', title: one.text.text, onclick: press(one, block, message) },
        one.text.text,
      );
    default:
      return h('div', {}, textObject(one));
  }
}

function button(one, block, message) {
  const properties = {
    class: `btn ${one.style ?? ''}`,
    type: 'button',
    'aria-label': one.accessibility_label,
    onclick: press(one, block, message),
  };
  return h('button', properties, one.text.text);
}

function feedback(one, block, message, choice, sign) {
  const side = one[`${choice}_button`];
  const label = side.accessibility_label ?? side.text.text;
  const node = h(
    'button',
    { class: 'icon-button', type: 'button', 'aria-label': label, title: label, 'aria-pressed': 'false' },
    icon(sign),
  );
  node.addEventListener('click', async () => {
    node.setAttribute('aria-pressed', 'true');
    await click(message, one, block, { choice });
  });
  return node;
}

/** What happens on a click: the confirmation first, if there is one; the button waits for the app's answer. */
function press(one, block, message) {
  return async (event) => {
    const node = event.currentTarget;
    if (one.confirm && !(await askConfirm(one.confirm, h('div', {}, textObject(one.confirm.text))))) return;
    if (one.url) window.open(one.url, '_blank', 'noreferrer');
    node.disabled = true;
    await click(message, one, block, { state: inputs(node.closest('.message')) });
    node.disabled = false;
  };
}

function inputs(root) {
  const values = {};
  for (const field of root?.querySelectorAll('[data-action]') ?? []) {
    const { block, action } = field.dataset;
    values[block] = { ...values[block], [action]: { type: 'plain_text_input', value: field.value || null } };
  }
  return values;
}
