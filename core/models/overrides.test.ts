import { expect, test } from 'vitest';
import { chooseModel, type ModelOverride } from './overrides.ts';

const place = { agent: 'helper', installationId: 'T1', channel: 'C1', userId: 'U1' };
const model = (name: string) => ({ model: name });

test.each<[string, ModelOverride[], string | undefined]>([
  ['none', [], undefined],
  ['another person', [{ person: 'U2', ...model('a') }], undefined],
  [
    'person before channel',
    [
      { person: 'U1', ...model('a') },
      { channel: 'C1', ...model('b') },
    ],
    'a',
  ],
  [
    'channel before workspace',
    [
      { channel: 'C1', ...model('a') },
      { workspace: 'T1', ...model('b') },
    ],
    'a',
  ],
  [
    'workspace before agent',
    [
      { workspace: 'T1', ...model('a') },
      { agent: 'helper', ...model('b') },
    ],
    'a',
  ],
  ['agent before all', [{ agent: 'helper', ...model('a') }, model('b')], 'a'],
  ['all given fields must match', [{ person: 'U1', channel: 'C2', ...model('a') }, model('b')], 'b'],
  [
    'who says more',
    [
      { person: 'U1', channel: 'C1', ...model('a') },
      { person: 'U1', ...model('b') },
    ],
    'a',
  ],
  [
    'a person, however much the other says',
    [
      { person: 'U1', ...model('a') },
      { channel: 'C1', workspace: 'T1', agent: 'helper', ...model('b') },
    ],
    'a',
  ],
  [
    'the later of two alike',
    [
      { channel: 'C1', ...model('a') },
      { channel: 'C1', ...model('b') },
    ],
    'b',
  ],
])('37 chooseModel: %s', (_name, overrides, expected) => {
  expect(chooseModel(overrides, place)?.model).toBe(expected);
});

test('the choice is model and effort, nothing of where it came from', () => {
  expect(chooseModel([{ person: 'U1', model: 'openai/gpt-6-sol', effort: 'high' }], place)).toEqual({
    model: 'openai/gpt-6-sol',
    effort: 'high',
  });
  expect(chooseModel([{ channel: 'C1', model: 'demo' }], place)).toEqual({ model: 'demo' });
});
