import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { propertyRuns } from '../../../test/support/property-runs.ts';
import { shownValue } from '../../stream/chunk-item.ts';
import { failureText, previewOf } from './card-text.ts';

const weather = { city: 'Berlin', days: 3 };
const text = (of: unknown) => ({ type: 'text', text: of });

describe('G-18 a card shows no raw JSON', () => {
  it.each<[string, unknown, string]>([
    ['an object as text', JSON.stringify(weather), 'city: Berlin, days: 3'],
    ['with white space', `\n${JSON.stringify(weather, null, 2)}\n`, 'city: Berlin, days: 3'],
    ['behind a byte order mark', `\ufeff${JSON.stringify(weather)}`, 'city: Berlin, days: 3'],
    ['a list as text', '["a", "b"]', 'a, b'],
    ['as the only field', { result: '["a", 2]' }, 'result: a, 2'],
    ['as one of the fields', { id: 7, filter: JSON.stringify(weather) }, 'id: 7, filter: 2 fields'],
    ['as an entry', ['x', '{"a":1}'], '2 entries'],
    ['parts of text', [text('Sunny'), text('and warm')], 'Sunny and warm'],
    [
      'parts of text in a result',
      { content: [text('Sunny')], isError: false },
      'content: Sunny, is error: false',
    ],
    ['the parts of text alone', { content: [text('Sunny')] }, 'Sunny'],
    ['parts of text as text', JSON.stringify([text('Sunny')]), 'Sunny'],
    ['JSON in a part of text', [text(JSON.stringify(weather))], 'city: Berlin, days: 3'],
    ['other parts beside text', [text('Sunny'), { type: 'image', data: 'x' }], '2 entries'],
    ['an object that was cut', '{"city":"Ber…', ''],
    ['that begins like one', '{"city": Berlin}', ''],
    ['several in a row', '{"a":1}\n{"a":2}', ''],
    ['a list that was cut', '[{"city"', ''],
    ['a list of texts that was cut', ' [ "a", "b', ''],
    ['a list of lists that was cut', '[[1, 2], [3…', ''],
    ['in a field, cut', { id: 7, body: '{"a":' }, 'id: 7'],
    ['as the only field, cut', { body: '[{"a":' }, ''],
    ['as a name', { '{"a":1}': 'b', c: 'd' }, 'b, c: d'],
  ])('%s', (_, value, expected) => {
    expect(previewOf(value)).toBe(expected);
  });

  it.each([
    '[draft] hello',
    '[draft] "hello"',
    '{name}',
    '{name}, "please"',
    '[test, "a"]',
    '[1] as in the list',
    '[0-9]+',
    '[2026-10-01 10:00]',
    '[[Home]] and [[Away]]',
    'see {"a":1}',
    '"quoted"',
  ])('what a person wrote stays: %s', (said) => {
    expect(previewOf(said)).toBe(said);
    expect(previewOf({ said })).toBe(said);
  });

  it('an error that is JSON is told in words, too', () => {
    expect(failureText('{"status":404,"error":"Not found"}')).toBe('Failed: status: 404, error: Not found');
    expect(failureText('{"status":404,"err')).toBe('Failed: no reason was given');
  });

  // Names and texts have none of JSON's own characters: each that a card shows is of raw JSON.
  const word = fc.stringMatching(/^[a-z ]{0,12}$/);
  interface Values {
    value: unknown;
    container: unknown[] | Record<string, unknown>;
    json: string;
  }
  const { value, container } = fc.letrec<Values>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      word,
      fc.oneof(fc.integer(), fc.double({ noNaN: true }), fc.boolean(), fc.constant(null)),
      tie('container'),
      tie('json'),
      fc.tuple(tie('container'), fc.nat(40)).map(([inner, end]) => JSON.stringify(inner).slice(0, end)),
      fc.array(
        tie('json').map((json) => text(json)),
        { maxLength: 3 },
      ),
    ),
    container: fc.oneof(
      fc.array(tie('value'), { maxLength: 5 }),
      fc.dictionary(word, tie('value'), { maxKeys: 5 }),
    ),
    json: tie('container').map((inner) => JSON.stringify(inner)),
  }));
  const JSON_OWN = /["{}[\]\\]/;

  it('whatever the value', () => {
    fc.assert(
      fc.property(value, (one) => {
        expect(previewOf(one)).not.toMatch(JSON_OWN);
        expect(previewOf(shownValue(one))).not.toMatch(JSON_OWN);
      }),
      propertyRuns(500),
    );
  });

  it('whatever the text, and wherever it was cut', () => {
    fc.assert(
      fc.property(container, fc.constantFrom(undefined, 2), fc.nat(), (one, indent, at) => {
        const whole = JSON.stringify(one, null, indent);
        expect(previewOf(whole)).toBe(previewOf(JSON.parse(whole)));
        const cut = whole.slice(0, 1 + (at % (whole.length - 1)));
        expect([previewOf(cut), previewOf(`${cut}…`), previewOf({ body: cut })]).toEqual(['', '', '']);
      }),
      propertyRuns(500),
    );
  });
});
