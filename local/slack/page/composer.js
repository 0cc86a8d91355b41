import { h } from './dom.js';
import { store } from './store.js';

/** Makes a field to write in, with completion of @handles. `send` gets the text; `label` says where it goes. */
export function composer(send) {
  const field = h('textarea', { rows: '1' });
  const list = h('ul', { class: 'completion', role: 'listbox', 'aria-label': 'People', hidden: true });
  const button = h('button', { class: 'send', type: 'button', disabled: true }, 'Send');
  const root = h(
    'div',
    { class: 'composer' },
    list,
    field,
    h('div', { class: 'bar' }, h('span', {}, 'Enter sends, Shift+Enter breaks the line'), button),
  );
  let found = [];
  let chosen = 0;

  const submit = async () => {
    const text = field.value;
    if (text.trim() === '') return;
    field.value = '';
    grow();
    if (!(await send(text))) field.value = text;
    grow();
  };
  const grow = () => {
    field.style.height = 'auto';
    field.style.height = `${field.scrollHeight}px`;
    button.disabled = field.value.trim() === '';
  };
  const complete = () => {
    const typed = /(?:^|[\s(])@([a-z0-9_.-]*)$/.exec(field.value.slice(0, field.selectionStart));
    const people = [...store.people.values()].sort((a, b) => Number(b.isBot) - Number(a.isBot));
    found = typed
      ? people.filter((person) => person.name.startsWith(typed[1]) && person.id !== store.user)
      : [];
    chosen = Math.min(chosen, Math.max(0, found.length - 1));
    list.hidden = found.length === 0;
    list.replaceChildren(
      ...found.map((person, at) =>
        h(
          'li',
          {
            role: 'option',
            'aria-selected': at === chosen ? 'true' : 'false',
            onmousedown: (event) => pick(event, at),
          },
          `@${person.name}${person.isBot ? '  APP' : ''}`,
        ),
      ),
    );
  };
  const pick = (event, at) => {
    event.preventDefault();
    const before = field.value
      .slice(0, field.selectionStart)
      .replace(/@[a-z0-9_.-]*$/, `@${found[at].name} `);
    field.value = before + field.value.slice(field.selectionStart);
    field.setSelectionRange(before.length, before.length);
    complete();
    grow();
  };
  field.addEventListener('input', () => {
    chosen = 0;
    complete();
    grow();
  });
  field.addEventListener('blur', () => {
    list.hidden = true;
  });
  field.addEventListener('keydown', (event) => {
    const open = !list.hidden;
    if (open && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      event.preventDefault();
      chosen = (chosen + (event.key === 'ArrowDown' ? 1 : found.length - 1)) % found.length;
      complete();
    } else if (open && (event.key === 'Enter' || event.key === 'Tab')) pick(event, chosen);
    else if (open && event.key === 'Escape') list.hidden = true;
    else if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      void submit();
    }
  });
  button.addEventListener('click', () => void submit());
  const label = (text) => {
    field.setAttribute('placeholder', text);
    field.setAttribute('aria-label', text);
  };
  return { root, label };
}
