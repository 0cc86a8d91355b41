import fc from 'fast-check';
import { expect, test } from 'vitest';
import { foldText, searchTerms } from './fold-text.ts';

test.each([
  ['DÉJÀ vu', 'deja vu'],
  ['e\u0301', 'e'],
  ['Straße', 'strasse'],
  ['Łódź', 'lodz'],
  ['İstanbul ışık', 'istanbul isik'],
  ['Smørrebrød', 'smorrebrod'],
  ['Œuvre', 'oeuvre'],
  ['ＡＢＣ１２３', 'abc123'],
  ['ﬁle', 'file'],
  ['Ἀθῆναι', 'αθηναι'],
  ['日本', '日本'],
])('“%s” is compared as “%s”', (text, folded) => {
  expect(foldText(text)).toBe(folded);
});

test('property: folding again changes nothing', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(foldText(foldText(text))).toBe(foldText(text));
    }),
  );
});

test.each([
  ['deploy friday', ['deploy', 'friday']],
  ['Deploy  DEPLOY déploy', ['deploy']],
  ['"on  Friday" deploy', ['on friday', 'deploy']],
  ['„am Freitag“ «le vendredi» “on Friday”', ['am freitag', 'le vendredi', 'on friday']],
  ['https://example.com/a?b', ['https://example.com/a?b']],
  ['"unclosed phrase', ['unclosed', 'phrase']],
  ['"" " "', []],
  ['\u0301', []],
])('%s asks for %j', (query, terms) => {
  expect(searchTerms(query)).toEqual(terms);
});
