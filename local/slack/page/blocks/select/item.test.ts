import { expect, it } from 'vitest';
import { chosenItems, found, optionGroups } from './item.ts';

const option = (text: string, value: string) => ({ text: { type: 'plain_text', text }, value });
const groups = optionGroups({
  option_groups: [
    { label: { type: 'plain_text', text: 'Fruit' }, options: [option('Apple', 'a'), option('Pear', 'p')] },
    { label: { type: 'plain_text', text: 'Roots' }, options: [option('Beet', 'b')] },
  ],
});

it.each([
  ['', ['Apple', 'Pear', 'Beet']],
  ['EA', ['Pear']],
  ['fruit app', ['Apple']],
  ['nothing', []],
])('search for "%s"', (query, labels) => {
  expect(found(groups, query).flatMap((group) => group.items.map((item) => item.label))).toEqual(labels);
});

it('shows what is chosen by its own words, ids by what is known', () => {
  expect(chosenItems([option('Gone', 'g')], groups).map((one) => one.label)).toEqual(['Gone']);
  expect(chosenItems('b', groups).map((one) => one.label)).toEqual(['Beet']);
  expect(chosenItems('U9', groups).map((one) => one.label)).toEqual(['U9']);
  expect(chosenItems(null, groups)).toEqual([]);
});
