import { describe, expect, it } from 'vitest';
import { createMemoryStore } from '../../test/support/memory-store.ts';
import { keys } from '../store/keys.ts';
import { feedbackValue, parseFeedbackValue } from './button.ts';
import type { FeedbackRecord } from './record.ts';
import { type FeedbackRequest, storeFeedback } from './store-feedback.ts';

const turnId = `t${'a'.repeat(32)}`;
const request: FeedbackRequest = {
  turnId,
  appId: 'A1',
  installationId: 'T1',
  userId: 'U2',
  teamId: 'T2',
  rating: 'up',
  at: 2_000,
  messageTs: '2.2',
};

async function world() {
  const store = createMemoryStore();
  await store.put({
    ...keys.turn(turnId),
    v: 1,
    turnId,
    sessionId: 's1',
    appId: 'A1',
    installationId: 'T1',
    channel: 'C1',
  });
  return {
    rate: (change: Partial<FeedbackRequest> = {}) => storeFeedback({ store }, { ...request, ...change }),
    stored: (userId = 'U2') => store.get<FeedbackRecord>(keys.feedback(turnId, userId)),
  };
}

describe('21 feedback', () => {
  it('is kept with the turn, with whose it is and where', async () => {
    const { rate, stored } = await world();
    expect(await rate()).toEqual({ outcome: 'rated', sessionId: 's1' });
    expect(await stored()).toEqual({
      ...keys.feedback(turnId, 'U2'),
      v: 1,
      ...request,
      sessionId: 's1',
      channel: 'C1',
    });
  });

  it('of the same person replaces what they thought before', async () => {
    const { rate, stored } = await world();
    await rate();
    expect(await rate({ rating: 'down', at: 3_000 })).toMatchObject({ outcome: 'rated' });
    expect(await stored()).toMatchObject({ rating: 'down', at: 3_000 });
  });

  it.each([
    ['the same thumb once more', { at: 3_000 }, 3_000],
    ['the same thumb, pressed before and come later', { at: 1_000 }, 2_000],
    ['an earlier click that comes later', { rating: 'down', at: 1_000 } as const, 2_000],
  ])('%s changes nothing', async (_, change, at) => {
    const { rate, stored } = await world();
    await rate();
    expect(await rate(change)).toMatchObject({ outcome: 'unchanged' });
    expect(await stored()).toMatchObject({ rating: 'up', at });
  });

  it('pressed twice is not replaced by another thumb that was pressed in between and came later', async () => {
    const { rate, stored } = await world();
    await rate();
    await rate({ at: 4_000 });
    expect(await rate({ rating: 'down', at: 3_000 })).toMatchObject({ outcome: 'unchanged' });
    expect(await stored()).toMatchObject({ rating: 'up', at: 4_000 });
  });

  it('of several people is kept apart', async () => {
    const { rate, stored } = await world();
    await rate();
    expect(await rate({ userId: 'U3', rating: 'down' })).toMatchObject({ outcome: 'rated' });
    expect([(await stored())?.rating, (await stored('U3'))?.rating]).toEqual(['up', 'down']);
  });

  it.each([
    ['an unknown turn', { turnId: `t${'0'.repeat(32)}` }],
    ['a turn of another workspace', { installationId: 'T666' }],
    ['a turn of another app', { appId: 'A666' }],
  ])('for %s is refused', async (_, change) => {
    const { rate, stored } = await world();
    expect(await rate(change)).toEqual({ outcome: 'unknown' });
    expect(await stored()).toBeUndefined();
  });
});

describe('what a thumb carries', () => {
  it('comes back as it was', () => {
    expect(parseFeedbackValue(feedbackValue(turnId, 'down'))).toEqual({ turnId, rating: 'down' });
  });

  it.each([undefined, '', turnId, `${turnId}:maybe`, `${turnId}:up `, `p${'a'.repeat(32)}:up`])(
    'is refused when it is %j',
    (value) => expect(parseFeedbackValue(value)).toBeUndefined(),
  );
});
