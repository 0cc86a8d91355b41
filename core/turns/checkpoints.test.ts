import { describe, expect, it } from 'vitest';
import { aPost, createTurnWorld } from '../../test/support/turn-world.ts';
import type { MessageRecord } from '../sessions/record.ts';

describe('checkpoints', () => {
  it('a turn’s start reads no more of a long conversation than of a short one', async () => {
    const world = createTurnWorld({ limits: { checkpointMessages: 8 } });
    const reads: number[] = [];
    const query = world.store.query;
    for (let n = 0; n < 20; n++) {
      const { turnId, sessionId } = await world.admit(aPost({ threadTs: '5.5', text: `question ${n}` }));
      let read = 0;
      const counting = {
        ...world.store,
        query: async <T>(wanted: Parameters<typeof query>[0]) => {
          const found = await query<T>(wanted);
          if (wanted.prefix === 'MSG#') read += found.length;
          return found;
        },
      };
      expect(await world.run(turnId, 1, { store: counting })).toMatchObject({ route: 'done' });
      reads.push(read);
      const { checkpoint } = await world.session(sessionId);
      if (n > 4) expect(checkpoint?.kind).toBe('messages');
    }
    expect(Math.max(...reads)).toBeLessThanOrEqual(9);
    const told = world.requests.at(-1)?.messages ?? [];
    expect(told.filter(({ role }) => role === 'user').map(({ content }) => content)).toEqual(
      Array.from({ length: 20 }, (_, n) => `question ${n}`),
    );
    const kept: MessageRecord['seq'][] = (
      await world.messages((await world.admit(aPost({ threadTs: '5.5' }))).sessionId)
    ).map(({ seq }) => seq);
    expect(kept).toEqual(Array.from({ length: 41 }, (_, n) => n + 1));
  });
});
