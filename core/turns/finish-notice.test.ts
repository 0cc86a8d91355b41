import { describe, expect, it } from 'vitest';
import { createTurnWorld, says, type TurnWorldOptions } from '../../test/support/turn-world.ts';
import { ModelError } from '../models/contract.ts';
import { errorClasses } from '../models/error-classes.ts';
import { keys } from '../store/keys.ts';
import type { FinishNotice } from '../stream/chunks.ts';
import { settleTurn } from './settle.ts';
import { stopTurn } from './stop.ts';

type World = ReturnType<typeof createTurnWorld>;

async function noticeOf(world: World, turnId: string): Promise<FinishNotice | undefined> {
  const last = (await world.chunks(turnId)).at(-1);
  return last?.type === 'finish' ? last.messageMetadata : undefined;
}

/** How a turn ends whose model does as told until it has ended. */
async function endOf(options: TurnWorldOptions, model?: string): Promise<FinishNotice | undefined> {
  const world = createTurnWorld(options);
  const { turnId } = await world.admit();
  if (model) await world.store.update({ key: keys.turn(turnId), set: { model: { model } } });
  for (let run = 0; run < 5; run++) {
    const { route } = await world.run(turnId);
    if (route !== 'backoff') break;
    world.advance(120_000);
  }
  return noticeOf(world, turnId);
}

const failing = (code: keyof typeof errorClasses) => async () => {
  const { retryable, sentence } = errorClasses[code];
  throw new ModelError({ retryable, code, sentence });
};

describe('21 what the log’s last chunk tells of the turn', () => {
  it('names the model that answered', async () => {
    expect(await endOf({ script: [says('Fine.')] })).toMatchObject({ end: 'completed', model: 'demo' });
  });

  it('names the model that a setting chose', async () => {
    expect(await endOf({ script: [says('Fine.')] }, 'openai/gpt-x')).toMatchObject({ model: 'openai/gpt-x' });
  });

  it.each(['auth', 'quota', 'content_filter', 'model', 'unknown'] as const)(
    'a failure that waiting does not mend (%s) says what happened and what to do',
    async (code) => {
      const { sentence } = errorClasses[code];
      expect(await endOf({ script: [failing(code)] })).toEqual({
        end: 'failed',
        reason: sentence,
        model: 'demo',
        usage: { inputTokens: 0, outputTokens: 0 },
      });
      // What happened, and behind it what somebody can do.
      expect(sentence.split('. ').length).toBeGreaterThan(1);
    },
  );

  it('a failure that waiting may mend says how often it was tried, and to ask again', async () => {
    const script = [failing('overloaded'), failing('overloaded'), failing('overloaded')];
    expect(await endOf({ script, limits: { modelAttempts: 3 } })).toMatchObject({
      end: 'failed',
      reason: 'The model is overloaded. I tried 3 times. Please ask again later.',
    });
    expect(await endOf({ script: [failing('server')], limits: { modelAttempts: 1 } })).toMatchObject({
      reason: 'The model’s provider had an error. Please ask again later.',
    });
  });

  it('T-57 an answer that stayed empty says to ask again', async () => {
    expect(await endOf({ script: [{}, {}, {}] })).toMatchObject({
      end: 'failed',
      reason: 'The model gave an empty answer. I tried 3 times. Please ask again later.',
    });
  });

  it('S-16 a refusal in the middle of an answer says what to do', async () => {
    const refused = { ...says('Well, I'), finishReason: 'content-filter' as const };
    expect(await endOf({ script: [refused] })).toMatchObject({
      end: 'failed',
      reason: expect.stringMatching(/ended this answer\. Put it in other words to try again\.$/),
    });
  });

  it('names no model where none was asked by whoever ends the turn', async () => {
    const world = createTurnWorld();
    const stopped = await world.admit();
    await stopTurn(world.deps, { turnId: stopped.turnId, by: 'U1' });
    expect(await noticeOf(world, stopped.turnId)).toEqual({
      end: 'stopped',
      reason: 'Stopped.',
      usage: { inputTokens: 0, outputTokens: 0 },
    });
    const crashed = await world.admit({ messageTs: '1700000000.000900', threadTs: '1700000000.000900' });
    await settleTurn(world.deps, { turnId: crashed.turnId, epoch: 1 });
    const notice = await noticeOf(world, crashed.turnId);
    expect(notice).toMatchObject({ end: 'failed', reason: expect.stringMatching(/Please ask again\.$/) });
    expect(notice).not.toHaveProperty('model');
  });
});
