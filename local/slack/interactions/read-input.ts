import { isObject, type Json, type JsonObject } from '../json.ts';
import type { Simulator } from '../simulator.ts';
import { ActError } from './act-error.ts';
import type { Placed } from './elements.ts';
import { INPUT_KINDS, type InputMember } from './input-kinds.ts';
import { ownOptions } from './input-values.ts';

/** What a person chose or wrote; one member, named as the element's type wants it (§5). */
export type Input = { [member in InputMember]?: Json | undefined } & {
  /** For feedback_buttons: which of the two. */
  choice?: 'positive' | 'negative' | undefined;
};

/** What a choice is checked against. */
export type InputContext = {
  sim: Simulator;
  /** Options that the app offered this person for this element (external selects). */
  offered: JsonObject[];
};

/**
 * A person's input as the value of an element, e.g. `{type: 'datepicker', selected_date: '2026-11-21'}`.
 *
 * @throws ActError when the element takes another member, or when nobody could choose that in Slack
 */
export function readInput(context: InputContext, placed: Placed, given: Input): JsonObject {
  const { type, element } = placed;
  // An overflow menu takes an option too, although it keeps none.
  const kind = type === 'overflow' ? { member: 'selected_option' as const, list: false } : INPUT_KINDS[type];
  if (!kind) throw new ActError(`a ${type} takes no value`);
  const others = Object.entries(given).filter(([name, value]) => value !== undefined && name !== kind.member);
  const value = given[kind.member];
  if (others.length > 0 || value === undefined) throw new ActError(`a ${type} takes ${kind.member}`);
  if (!kind.list) return { type, [kind.member]: single(context, placed, kind.member, value) };
  if (!Array.isArray(value)) throw new ActError(`${kind.member} is a list`);
  // A file_input takes ten files unless it says less (§3.2).
  const most = kind.member === 'files' ? (element.max_files ?? 10) : element.max_selected_items;
  const max = Number(most ?? Number.POSITIVE_INFINITY);
  if (value.length > max) throw new ActError(`no more than ${max} can be chosen`);
  const items = value.map((item) => single(context, placed, kind.member, item));
  return { type, [kind.member]: items };
}

function single({ sim, offered }: InputContext, placed: Placed, member: InputMember, value: Json): Json {
  if (value === null || value === '') return null;
  const { world } = sim;
  switch (member) {
    case 'selected_option':
    case 'selected_options':
      return chosenOption([...ownOptions(placed.element), ...offered], value);
    case 'rich_text_value':
      if (isObject(value) && value.type === 'rich_text') return value;
      throw new ActError('rich_text_value is a rich_text block');
    case 'selected_user':
    case 'selected_users':
      return known(value, 'person', (id) => world.people.has(id));
    case 'selected_channel':
    case 'selected_channels':
      return known(value, 'public channel', (id) => world.channels.get(id)?.kind === 'channel');
    case 'selected_conversation':
    case 'selected_conversations':
      return known(value, 'conversation', (id) => world.channels.has(id) || world.people.has(id));
    case 'selected_date':
      return matching(value, /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, 'a date is YYYY-MM-DD');
    case 'selected_time':
      return matching(value, /^([01]\d|2[0-3]):[0-5]\d$/, 'a time is HH:mm');
    case 'selected_date_time':
      if (typeof value === 'number' && /^\d{10}$/.test(String(value))) return value;
      throw new ActError('selected_date_time is in seconds since 1970: ten digits');
    case 'files':
      return chosenFile(sim, placed.element, value);
    case 'value':
      if (typeof value === 'string') return value;
      throw new ActError(`${member} takes text`);
  }
}

/** An uploaded file, as `state.values` carries it (§5). */
function chosenFile(sim: Simulator, element: JsonObject, id: Json): JsonObject {
  const file = sim.files.get(String(id))?.file;
  if (!file) throw new ActError(`no file ${String(id)}: upload it first`);
  const types = Array.isArray(element.filetypes) ? element.filetypes : [];
  const ending = file.name.split('.').at(-1)?.toLowerCase() ?? '';
  if (types.length > 0 && !types.includes(file.filetype) && !types.includes(ending))
    throw new ActError(`only these files can be chosen: ${types.join(', ')}`);
  return { ...file };
}

function chosenOption(options: JsonObject[], given: Json): JsonObject {
  const value = isObject(given) ? given.value : given;
  const found = options.find((option) => option.value === value);
  if (!found) throw new ActError(`no option ${String(value)} is offered`);
  return found;
}

function known(value: Json, noun: string, exists: (id: string) => boolean): string {
  if (typeof value === 'string' && exists(value)) return value;
  throw new ActError(`no ${noun} ${String(value)}`);
}

function matching(value: Json, form: RegExp, otherwise: string): string {
  if (typeof value === 'string' && form.test(value)) return value;
  throw new ActError(otherwise);
}
