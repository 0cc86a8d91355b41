import { describe, expect, it } from 'vitest';
import { driveTurn } from '../../test/support/drive-turn.ts';
import { type Death, mortalRun } from '../../test/support/mortal-run.ts';
import { aPost, calls, createTurnWorld, says, tool } from '../../test/support/turn-world.ts';
import { defineAgent } from '../agents/define-agent.ts';
import type { CallModel, ModelAnswer } from '../models/contract.ts';
import { keys } from '../store/keys.ts';
import type { CallRecord } from './record.ts';
import { settleTurn } from './settle.ts';
import { stopTurn } from './stop.ts';

/** What is said and done, by marks that a summary takes over. */
const SAID = ['question-1', 'answer-1', 'question-2', 'did-c1', 'follow-up', 'did-c2', 'answer-2'];
const MARKS = [...SAID, 'call-1', 'call-2'];
const filler = 'much to read '.repeat(40);
const used = (inputTokens: number) => ({ usage: { inputTokens, outputTokens: 5 } });

/** Answers by what it reads alone, so that it can be asked again at any point. */
function answerTo({ instructions, messages }: Parameters<CallModel>[0]): Partial<ModelAnswer> {
  const read = JSON.stringify(messages);
  if (instructions.startsWith('Write a title')) return { text: 'Two things' };
  if (instructions.startsWith('You summarise'))
    return { ...says(MARKS.filter((mark) => read.includes(mark)).join(' ')), ...used(200) };
  if (read.includes('question-3')) return says('answer-3');
  if (!read.includes('question-2')) return says(`answer-1 ${filler}`);
  if (!read.includes('call-1'))
    return { ...calls({ name: 'act', id: 'c1', input: { n: 'call-1' } }), ...used(800) };
  if (!read.includes('call-2'))
    return { ...calls({ name: 'act', id: 'c2', input: { n: 'call-2' } }), ...used(100) };
  return { ...says(`answer-2 ${filler}`), ...used(900) };
}

/**
 * A session whose second turn does all that a turn can do with its history: it takes up a message, writes checkpoints,
 * is summarised between steps and behind its answer, and has the session named.
 */
async function longTurn(thinkMs = 0) {
  // A run learns of a stop as soon as the clock has moved.
  const world = createTurnWorld({ limits: { checkpointMessages: 4, renewAfterMs: 2 } });
  const post = (text: string, messageTs: string) =>
    world.admit(aPost({ threadTs: '5.5', text, messageTs, eventId: `Ev ${text}` }));
  const made: string[] = [];
  const act = tool(
    'act',
    async (_input, { idempotencyKey }) => {
      const id = idempotencyKey.split('.').at(-1)?.slice(0, 2) ?? '';
      made.push(id);
      if (id === 'c1') await post('follow-up', '7.7');
      return `did-${id} ${filler}`;
    },
    { effect: 'internal_write' },
  );
  const agent = defineAgent({
    name: 'assistant',
    instructions: 'Help.',
    tools: [act],
    approval: { autonomy: 'full_auto' },
  });
  const requests: Parameters<CallModel>[0][] = [];
  const callModel: CallModel = async (request, onChunk) => {
    if (thinkMs > 0) await new Promise((resolve) => setTimeout(resolve, thinkMs));
    request.signal.throwIfAborted();
    requests.push(request);
    const none = { messages: [], text: '', toolCalls: [], finishReason: 'stop', ...used(10) };
    const answer: ModelAnswer = { ...none, ...answerTo(request) };
    if (answer.text) onChunk({ type: 'text-delta', id: '0', delta: answer.text });
    return answer;
  };
  const over = {
    agents: [agent],
    callModel,
    takesFollowUps: () => true,
    models: { demo: { contextTokens: 1_000 } },
  };
  const first = await post('question-1', '5.5');
  await world.run(first.turnId, 1, over);
  const { turnId, sessionId } = await post('question-2', '6.6');
  const titled = { ...over, titleModel: 'demo' };
  return {
    turnId,
    sessionId,
    made,
    requests,
    post,
    /** A world whose runs are this turn's. */
    world: { ...world, run: (id: string, epoch?: number) => world.run(id, epoch, titled) },
    /** A run that stands still before one of its writes. @returns whether it came to that, and how it ends */
    async stall(write: number) {
      const { deps, stalled, goOn } = mortalRun({ ...world.deps, callModel }, { write, when: 'stalled' });
      const ended = world.run(turnId, 1, { ...titled, ...deps });
      return { met: await Promise.race([stalled.then(() => true), ended.then(() => false)]), goOn, ended };
    },
    /** A run that dies. @returns whether it came to that */
    async kill(death: Death): Promise<boolean> {
      const run = mortalRun({ ...world.deps, callModel }, death);
      await world.run(turnId, 1, { ...titled, ...run.deps }).catch(() => {});
      return run.dead;
    },
  };
}

type LongTurn = Awaited<ReturnType<typeof longTurn>>;

/** What holds of the session however the turn went. @returns what its messages hold */
async function expectWhole({ world, turnId, sessionId, made, post, requests }: LongTurn): Promise<string[]> {
  const chunks = await world.chunks(turnId);
  expect(chunks.filter(({ type }) => type === 'finish')).toHaveLength(1);
  expect(chunks.at(-1)?.type).toBe('finish');
  expect(new Set(made).size).toBe(made.length);
  const next = await post('question-3', '8.8');
  expect(await world.session(sessionId)).toMatchObject({ state: 'active', queueLength: 0 });
  expect(await driveTurn(world, next.turnId)).toMatchObject({ route: 'done' });
  const messages = await world.messages(sessionId);
  expect(messages.map(({ seq }) => seq)).toEqual(messages.map((_, n) => n + 1));
  const told = messages.map(({ post: asked, body }) => asked?.text ?? body ?? '');
  for (const mark of ['question-1', 'question-2', 'question-3', 'answer-3'])
    expect(told.filter((text) => text.includes(mark))).toHaveLength(1);
  // It came while the first call was made.
  expect(told.filter((text) => text === 'follow-up')).toHaveLength(made.includes('c1') ? 1 : 0);
  expect(told.filter((text) => text.includes('answer-2')).length).toBeLessThanOrEqual(1);
  // What the next turn read: all that was said, be it in a summary.
  const read = JSON.stringify(requests.at(-1)?.messages);
  for (const mark of MARKS) if (told.some((text) => text.includes(mark))) expect(read).toContain(mark);
  expect(await world.session(sessionId)).toMatchObject({ state: 'idle', title: 'Two things' });
  // Results that were stored are known, whether or not a message came to hold them.
  const called = await world.store.query<CallRecord>({ pk: keys.turn(turnId).pk, prefix: 'CALL#' });
  for (const { outcome = '' } of called)
    for (const mark of ['did-c1', 'did-c2']) if (outcome.includes(mark)) expect(read).toContain(mark);
  return told;
}

/** So many writes does the turn make, and some. */
const WRITES = 40;
const deaths = Array.from({ length: WRITES }, (_, n) => n + 1).flatMap((write) =>
  (['before', 'after'] as const).map((when): Death => ({ write, when })),
);

describe('K-45, K-56 a turn with all its compactions, follow-ups and a title that is killed at any write', () => {
  it('goes on in the next run: each message, call and answer once', async () => {
    let died = 0;
    for (const death of deaths) {
      const long = await longTurn();
      if (await long.kill(death)) died++;
      long.world.advance(16_000);
      expect(await driveTurn(long.world, long.turnId)).toMatchObject({ route: 'done' });
      expect(await long.world.turn(long.turnId)).toMatchObject({ state: 'completed', step: 3 });
      expect((await expectWhole(long)).filter((text) => text.includes('answer-2'))).toHaveLength(1);
    }
    expect(died).toBeGreaterThan(40);
    expect(died).toBeLessThan(deaths.length);
  });

  it('is ended from outside where no run comes any more, and nothing of it is lost', async () => {
    for (const death of deaths) {
      const long = await longTurn();
      await long.kill(death);
      long.world.advance(16_000);
      await settleTurn(long.world.deps, { turnId: long.turnId, epoch: 1 });
      const { activeTurnId } = await long.world.session(long.sessionId);
      if (activeTurnId) await driveTurn(long.world, activeTurnId);
      const told = await expectWhole(long);
      // Once the answer is there it is a turn that has completed.
      const { state, nextSeq } = await long.world.turn(long.turnId);
      const answered = told.slice(0, nextSeq - 1).some((text) => text.includes('answer-2'));
      expect(state).toBe(answered ? 'completed' : 'failed');
    }
  });

  it('77 changes nothing any more where it only stood still while another run took the turn', async () => {
    let stalls = 0;
    for (let write = 1; write <= WRITES; write++) {
      const long = await longTurn();
      const { met, goOn, ended } = await long.stall(write);
      if (met) stalls++;
      long.world.advance(16_000);
      expect(await driveTurn(long.world, long.turnId)).toMatchObject({ route: 'done' });
      goOn();
      expect(await ended).toMatchObject({ route: 'done' });
      expect((await expectWhole(long)).filter((text) => text.includes('answer-2'))).toHaveLength(1);
    }
    expect(stalls).toBeGreaterThan(20);
  });

  it('36 ends once and loses nothing where a stop comes at any write', async () => {
    const states: string[] = [];
    for (let write = 1; write <= WRITES; write++) {
      const long = await longTurn(10);
      const { goOn, ended } = await long.stall(write);
      await stopTurn(long.world.deps, { turnId: long.turnId, by: 'U1' });
      // The next renewal of the lease tells the run, if it is not over by then.
      long.world.advance(3_000);
      goOn();
      expect(await ended).toMatchObject({ route: 'done' });
      const { state } = await long.world.turn(long.turnId);
      states.push(state);
      const { activeTurnId } = await long.world.session(long.sessionId);
      if (activeTurnId) await driveTurn(long.world, activeTurnId);
      await expectWhole(long);
    }
    expect(states.filter((state) => state === 'stopped').length).toBeGreaterThan(10);
    expect(states).toContain('completed');
    expect(states).not.toContain('failed');
  });
});
