import { describe, expect, it } from 'vitest';
import { chooseDisplay, type DisplayRule } from './choose-display.ts';
import { type DisplayChoice, defaultDisplay, displayOf } from './display.ts';

const place = { agent: 'helper', installationId: 'T1', channel: 'C1', userId: 'U1' };

describe('11 chooseDisplay', () => {
  it.each<[string, DisplayChoice, DisplayRule[], DisplayChoice | undefined]>([
    ['nothing is said', {}, [], undefined],
    ['the door alone', { surface: 'timeline' }, [], { surface: 'timeline' }],
    [
      'a rule before the door',
      { surface: 'timeline' },
      [{ agent: 'helper', surface: 'final' }],
      { surface: 'final' },
    ],
    ['a rule for somebody else', {}, [{ person: 'U2', surface: 'final' }], undefined],
    [
      'a rule of which one field does not match',
      {},
      [{ person: 'U1', channel: 'C2', surface: 'final' }],
      undefined,
    ],
    [
      'person before channel before workspace before agent, whatever their order',
      {},
      [
        { person: 'U1', surface: 'final' },
        { channel: 'C1', surface: 'timeline' },
        { workspace: 'T1', surface: 'plan' },
        { agent: 'helper', surface: 'timeline' },
      ],
      { surface: 'final' },
    ],
    [
      'each field by itself',
      { reactions: true, links: 'none' },
      [
        { person: 'U1', feedback: false },
        { channel: 'C1', surface: 'timeline', feedback: true, links: ['example.com'] },
        { agent: 'helper', surface: 'final', footer: [] },
      ],
      { surface: 'timeline', reactions: true, footer: [], feedback: false, links: ['example.com'] },
    ],
    [
      'the later of two alike',
      {},
      [
        { channel: 'C1', surface: 'timeline' },
        { channel: 'C1', surface: 'final' },
      ],
      { surface: 'final' },
    ],
    [
      'what comes back to the defaults is not stored',
      { surface: 'timeline', footer: ['cost'], reactions: true },
      [{ person: 'U1', surface: 'plan', footer: [...defaultDisplay.footer], reactions: false }],
      undefined,
    ],
  ])('%s', (_, own, rules, expected) => {
    expect(chooseDisplay(own, rules, place)).toEqual(expected);
  });

  it('nothing of where a choice came from is stored, and with the defaults it is whole again', () => {
    const chosen = chooseDisplay({}, [{ channel: 'C1', person: 'U1', mentions: 'people' }], place);
    expect(chosen).toEqual({ mentions: 'people' });
    expect(displayOf(chosen)).toEqual({ ...defaultDisplay, mentions: 'people' });
  });
});
