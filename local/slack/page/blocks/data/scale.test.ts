import { expect, it } from 'vitest';
import { scaleOf } from './scale.ts';

it.each([
  [
    [3, 7, 10],
    [0, 2.5, 5, 7.5, 10],
  ],
  [
    [0.1, 0.25],
    [0, 0.1, 0.2, 0.3],
  ],
  [
    [-40, 60],
    [-50, -25, 0, 25, 50, 75],
  ],
  [[1234], [0, 500, 1000, 1500]],
  [[0], [0, 0.25, 0.5, 0.75, 1].slice(0, 2)],
  [[], [0, 0.25]],
])('axis of %o', (values, ticks) => {
  expect(scaleOf(values).ticks).toEqual(ticks);
});
