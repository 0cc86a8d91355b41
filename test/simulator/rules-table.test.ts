import { expect, test } from 'vitest';
import { readDocument, rulesInTests, withRulesTable } from '../support/rules-table.ts';

test('docs/slack-simulator.md lists every rule that is tested: `npm run docs:rules` writes it anew', () => {
  const document = readDocument();
  expect(withRulesTable(document)).toBe(document);
});

test('every chapter of the reference that the simulator claims has tests', () => {
  const chapters = new Set(rulesInTests().map(({ section }) => section.split('.')[0]));
  expect([...chapters].sort((a, b) => Number(a) - Number(b))).toEqual([
    '1',
    '2',
    '3',
    '4',
    '5',
    '6',
    '7',
    '8',
    '9',
    '10',
    '11',
    '12',
  ]);
});
