import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Surface } from '../../local/slack/blocks/surfaces.ts';
import { validateBlocks } from '../../local/slack/blocks/validate.ts';
import { isObject, type Json, type JsonObject } from '../../local/slack/json.ts';
import { anyBlock, BLOCK_ARBITRARIES } from './blocks-arbitraries.ts';
import { BLOCKS, ELEMENTS, HOSTS } from './blocks-samples.ts';

/** A part of a payload, and how a copy of the payload looks with that part replaced. */
type Part = { value: Json; pointer: string; replace: (by: Json) => Json };

/** Every part of a payload: objects, lists and single values. */
function parts(value: Json, pointer: string, replace: (by: Json) => Json = (by) => by): Part[] {
  const own = { value, pointer, replace };
  if (Array.isArray(value)) {
    return [
      own,
      ...value.flatMap((one, at) => parts(one, `${pointer}/${at}`, (by) => replace(value.with(at, by)))),
    ];
  }
  if (!isObject(value)) return [own];
  return [
    own,
    ...Object.entries(value).flatMap(([name, one]) =>
      one === undefined ? [] : parts(one, `${pointer}/${name}`, (by) => replace({ ...value, [name]: by })),
    ),
  ];
}

function wrong(value: Json): Json {
  return typeof value === 'object' || typeof value === 'boolean' ? 'wrong' : { wrong: true };
}

const faults = (blocks: Json, surface: Surface = 'message') => validateBlocks(blocks, { surface });
const surfaceOf = (type: string): Surface => (type === 'alert' ? 'modal' : 'message');

/** Good blocks of every type, with every element of §3.2 in a block that can hold it. */
const SAMPLES: [string, JsonObject, Surface][] = [
  ...Object.entries(BLOCKS).flatMap(([type, blocks]) =>
    blocks.map((block, at): [string, JsonObject, Surface] => [`§3.1 ${type} ${at}`, block, surfaceOf(type)]),
  ),
  ...Object.entries(ELEMENTS).map(([type, element]): [string, JsonObject, Surface] => {
    const inActions = ['button', 'overflow', 'workflow_button'].includes(type);
    const inContext = ['feedback_buttons', 'icon_button'].includes(type);
    const host = inContext ? 'context_actions' : inActions ? 'actions' : 'input';
    const block = HOSTS[host]?.hold(element) ?? {};
    return [`§3.2 ${type}`, block, host === 'input' ? 'modal' : 'message'];
  }),
];

test.each(SAMPLES)('%s: a good payload passes', (_name, block, surface) => {
  expect(faults([block], surface)).toEqual([]);
});

test.each(SAMPLES)('%s: an unknown member anywhere is refused where it is', (_name, block, surface) => {
  const objects = parts([block], '/blocks').filter(({ value }) => isObject(value));
  for (const { value, pointer, replace } of objects) {
    const found = faults(replace({ ...(value as JsonObject), surprise: 1 }), surface);
    expect(found).toEqual([{ message: 'invalid additional property: surprise', pointer }]);
  }
});

test.each(SAMPLES)(
  '%s: a value of the wrong type anywhere is refused where it is',
  (_name, block, surface) => {
    const members = parts([block], '/blocks').filter(({ pointer }) => pointer !== '/blocks');
    for (const { value, pointer, replace } of members) {
      const found = faults(replace(wrong(value)), surface);
      expect(found.map((fault) => fault.pointer)).toEqual([pointer]);
    }
  },
);

test.each(BLOCK_ARBITRARIES)('§3.1 %s: random good payloads pass', (_type, arbitrary) => {
  fc.assert(
    fc.property(arbitrary, (block) => {
      expect(faults([block])).toEqual([]);
    }),
    { numRuns: 40 },
  );
});

test('§3: random mutations of random payloads are refused at the place', () => {
  fc.assert(
    fc.property(anyBlock, fc.nat(), fc.boolean(), (block, seed, addMember) => {
      const all = parts([block], '/blocks').filter(
        ({ value, pointer }) => pointer !== '/blocks' && (!addMember || isObject(value)),
      );
      const { value, pointer, replace } = all[seed % all.length] ?? {
        value: null,
        pointer: '',
        replace: () => null,
      };
      const mutant = replace(addMember ? { ...(value as JsonObject), surprise: true } : wrong(value));
      expect(faults(mutant).map((fault) => fault.pointer)).toEqual([pointer]);
    }),
    { numRuns: 300 },
  );
});
