import { expect, test } from 'vitest';
import { clampWidth, defaultWidth, MIN_WIDTH, restored } from './panel-state.ts';

test.each([
  { kept: null, width: 1280, open: true },
  { kept: '{"open":false}', width: 1280, open: false },
  { kept: '{"open":true}', width: 999, open: false },
  { kept: '{"open":true}', width: 1000, open: true },
  { kept: 'not JSON', width: 1280, open: true },
  { kept: 'null', width: 1280, open: true },
])('a window of $width px with $kept starts open: $open', ({ kept, width, open }) => {
  expect(restored(kept, width).open).toBe(open);
});

test('an unknown tab and a strange width become the defaults', () => {
  expect(restored('{"tab":"nope","width":"wide"}', 1280)).toEqual({
    open: true,
    width: defaultWidth(1280),
    tab: 'calls',
  });
});

test.each([
  [100, MIN_WIDTH],
  [400.4, 400],
  [900, 640],
])('a width of %d px becomes %d px in a window of 1280', (given, kept) => {
  expect(clampWidth(given, 1280)).toBe(kept);
});

test.each([
  [800, 380],
  [1000, 308],
  [1280, 308],
  [1440, 346],
  [1920, 400],
])('in a window of %d px the panel is %d px wide at first', (given, width) => {
  expect(defaultWidth(given)).toBe(width);
});
