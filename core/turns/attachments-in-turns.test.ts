import { describe, expect, it } from 'vitest';
import { driveTurn } from '../../test/support/drive-turn.ts';
import { mortalRun } from '../../test/support/mortal-run.ts';
import { calls, createTurnWorld, says, tool } from '../../test/support/turn-world.ts';
import { decideRequirement } from '../pauses/decide-requirement.ts';
import { storeTaskToken } from '../pauses/store.ts';
import { stopTurn } from './stop.ts';

const file = (name: string) => ({ kind: 'file', name, content: `content of ${name}` }) as const;
const chart = {
  kind: 'chart',
  title: 'T',
  chart: { type: 'pie', segments: [{ label: 'a', value: 1 }] },
} as const;

const write = tool('write', async (_input, { attach }) => {
  await attach(file('a.txt'));
  await attach(chart);
  return 'written';
});
const announce = tool('announce', async (_input, { attach }) => attach(file('announced.txt')), {
  effect: 'customer_facing',
});

type World = ReturnType<typeof createTurnWorld>;
const names = async (world: World, turnId: string) =>
  ((await world.turn(turnId)).attachments ?? []).map(({ name }) => name);
const notices = async (world: World, turnId: string) =>
  (await world.chunks(turnId)).flatMap((chunk) => (chunk.type === 'data-attachment' ? [chunk.data] : []));

describe('what a tool attaches', () => {
  it('stands in the turn with the step’s results and in the log beside them; the model is told the result alone', async () => {
    const world = createTurnWorld({ script: [calls({ name: 'write' }), says('Done.')], tools: [write] });
    const { turnId } = await world.admit();
    await world.run(turnId);
    const { attachments = [] } = await world.turn(turnId);
    expect(attachments.map(({ name, kind }) => [name, kind])).toEqual([
      ['a.txt', 'file'],
      ['T', 'chart'],
    ]);
    for (const { key } of attachments) expect(world.store.items.has(key)).toBe(true);
    const types = (await world.chunks(turnId)).map(({ type }) => type);
    const result = types.indexOf('tool-output-available');
    expect(types.slice(result, result + 3)).toEqual([
      'tool-output-available',
      'data-attachment',
      'data-attachment',
    ]);
    expect(JSON.stringify(await notices(world, turnId))).not.toContain('attachments/');
    expect(world.toolResults()).toEqual([{ type: 'text', value: 'written' }]);
  });

  it('is dropped with a call that fails behind it', async () => {
    const half = tool('half', async (_input, { attach }) => {
      await attach(file('half.txt'));
      throw new Error('No more.');
    });
    const world = createTurnWorld({ script: [calls({ name: 'half' }), says('Done.')], tools: [half] });
    const { turnId } = await world.admit();
    await world.run(turnId);
    expect(await names(world, turnId)).toEqual([]);
    expect(await notices(world, turnId)).toEqual([]);
  });

  it('counts over the calls of a step and over steps', async () => {
    const world = createTurnWorld({
      limits: { attachmentsPerTurn: 5 },
      script: [
        calls({ name: 'write', id: 'c1' }, { name: 'write', id: 'c2' }),
        calls({ name: 'write', id: 'c3' }),
        says('Done.'),
      ],
      tools: [write],
    });
    const { turnId } = await world.admit();
    await world.run(turnId);
    expect(await names(world, turnId)).toEqual(['a.txt', 'T', 'a.txt', 'T']);
    expect(world.toolResults().at(-1)).toMatchObject({
      type: 'error-text',
      value: expect.stringContaining('An answer may have 5 attachments'),
    });
  });

  it('is there as well when the turn ends behind the results without another answer', async () => {
    const world = createTurnWorld({
      limits: { stepsPerTurn: 1 },
      script: [calls({ name: 'write' })],
      tools: [write],
    });
    const { turnId } = await world.admit();
    expect(await world.run(turnId)).toMatchObject({ route: 'failed' });
    expect(await names(world, turnId)).toEqual(['a.txt', 'T']);
  });

  it('goes with a summary’s commit, where one comes first', async () => {
    const small = { models: { demo: { contextTokens: 1_000 } } };
    const used = (inputTokens: number) => ({ usage: { inputTokens, outputTokens: 1 } });
    const world = createTurnWorld({
      script: [
        { ...calls({ name: 'write' }), ...used(900) },
        { ...says('## Done\nWritten.'), ...used(100) },
        { ...says('Done.'), ...used(50) },
      ],
      tools: [write],
    });
    const { turnId } = await world.admit();
    await world.run(turnId, 1, small);
    expect(await world.turn(turnId)).toMatchObject({ state: 'completed', compactions: 1 });
    expect(await names(world, turnId)).toEqual(['a.txt', 'T']);
  });
});

describe('a pause', () => {
  async function pausedBeside() {
    const world = createTurnWorld({
      script: [calls({ name: 'write' }, { name: 'announce' }), says('Done.')],
      tools: [write, announce],
    });
    const { turnId } = await world.admit();
    const route = await world.run(turnId);
    if (route.route !== 'pause') throw new Error(`The turn did not pause: ${route.route}.`);
    return { world, turnId, pauseId: route.pauseId };
  }

  it('G-41 what the resumed run attaches is there, and what came before it is there once', async () => {
    const { world, turnId, pauseId } = await pausedBeside();
    await storeTaskToken(world.deps, { pauseId, token: 'tok' });
    const yes = { row: 0, answer: 'approved', by: 'U1', door: 'slack', at: world.now() } as const;
    await decideRequirement(world.deps, { pauseId, ...yes, appId: 'A1', installationId: 'T1' });
    expect(await world.run(turnId)).toMatchObject({ route: 'done' });
    expect(await names(world, turnId)).toEqual(['a.txt', 'T', 'announced.txt']);
  });

  it('keeps what was attached before it, should the turn be stopped there', async () => {
    const { world, turnId } = await pausedBeside();
    expect(await stopTurn(world.deps, { turnId, by: 'U1' })).toBe('stopped');
    expect(await names(world, turnId)).toEqual(['a.txt', 'T']);
  });
});

describe('a run that is killed', () => {
  const aWorld = () =>
    createTurnWorld({ script: [calls({ name: 'write' }), says('Done.'), says('Done.')], tools: [write] });

  it('at any of its writes loses nothing and doubles nothing', async () => {
    let deaths = 0;
    for (const when of ['before', 'after'] as const)
      for (let n = 1; n < 40; n++) {
        const world = aWorld();
        // The model answers what the conversation has come to, however often it is asked.
        const callModel: typeof world.deps.callModel = (request, onChunk) => {
          const called = request.messages.some(({ role }) => role === 'tool');
          const script = called ? [says('Done.')] : [calls({ name: 'write' })];
          return createTurnWorld({ script }).deps.callModel(request, onChunk);
        };
        const { turnId } = await world.admit();
        const mortal = mortalRun({ ...world.deps, callModel }, { write: n, when });
        await world.run(turnId, 1, mortal.deps).catch(() => {});
        if (!mortal.dead) break;
        deaths++;
        world.advance(world.deps.limits.leaseMs + 1);
        const revived = {
          ...world,
          run: (id: string, epoch?: number) => world.run(id, epoch, { callModel }),
        };
        await driveTurn(revived, turnId);
        expect(await names(world, turnId), `${when} write ${n}`).toEqual(['a.txt', 'T']);
        for (const { key } of (await world.turn(turnId)).attachments ?? [])
          expect(world.store.items.has(key), `${when} write ${n}`).toBe(true);
      }
    expect(deaths).toBeGreaterThan(14);
  });
});
