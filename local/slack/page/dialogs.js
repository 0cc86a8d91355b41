import { h } from './dom.js';

/** Shows a dialog; `true`, or the text of its field where there is one, and `undefined` when it was left. */
function show({ title, content, confirm, deny, style, field }) {
  return new Promise((resolve) => {
    const answer = (value) => () => {
      dialog.remove();
      resolve(value?.());
    };
    const dialog = h(
      'dialog',
      { 'aria-label': title, oncancel: answer() },
      h('h2', { class: 'dialog-title' }, title),
      content,
      h(
        'div',
        { class: 'buttons' },
        h('button', { class: 'btn', type: 'button', onclick: answer() }, deny),
        h(
          'button',
          { class: `btn ${style}`, type: 'button', onclick: answer(() => field?.value ?? true) },
          confirm,
        ),
      ),
    );
    document.body.append(dialog);
    dialog.showModal();
  });
}

/** Asks before something is done, as a button's `confirm` says. */
export function askConfirm({ title, confirm, deny, style }, content) {
  return show({
    title: title.text,
    content,
    confirm: confirm.text,
    deny: deny.text,
    style: style ?? 'primary',
  });
}

/** Asks for a text. */
export function askText(title, value) {
  const field = h('textarea', { class: 'dialog-field', 'aria-label': title });
  field.value = value;
  return show({ title, content: field, confirm: 'Save', deny: 'Cancel', style: 'primary', field });
}
