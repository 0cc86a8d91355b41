import { describe, expect, it } from 'vitest';
import { T0 } from '../../../test/support/relay-log.ts';
import { defaultLimits } from '../../settings.ts';
import { isRollDue } from './roll-size.ts';

describe('isRollDue', () => {
  it.each([
    [150_000, 8_999, 0, false],
    [150_000, 9_000, 0, true],
    [190_000, 6_749, 0, false],
    [190_000, 6_750, 0, true],
    [230_000, 4_500, 0, true],
    [150_000, 10, 150_000, true],
    [150_000, 10, 149_999, false],
  ])('a message to be left after %i ms, with %i bytes after %i ms: %s', (ageMs, bytes, after, expected) => {
    const message = { openedAt: T0, rollAt: T0 + ageMs };
    expect(isRollDue(message, bytes, defaultLimits, T0 + after)).toBe(expected);
  });

  it('waits for the next stream’s slot, however large the message', () => {
    const message = { openedAt: T0, rollAt: T0 + 200_000, waits: true as const };
    expect(isRollDue(message, 9_000, defaultLimits, T0 + 199_999)).toBe(false);
    expect(isRollDue(message, 9_000, defaultLimits, T0 + 200_000)).toBe(true);
  });
});
