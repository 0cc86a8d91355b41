import { describe, expect, it } from 'vitest';
import { enforceTableLimits } from '../../test/support/table-limits.ts';
import { calls, createTurnWorld, present, says, tool } from '../../test/support/turn-world.ts';
import { modelFactsOf } from '../models/model-table.ts';
import { decideRequirement } from '../pauses/decide-requirement.ts';
import { loadPause } from '../pauses/store.ts';
import { stepLimitBytes } from '../tools/result-limits.ts';

const LOG_ITEM_BYTES = 400_000;

/** A read and an effect that hand back what they were given under `value`. */
function echoes() {
  const given: unknown[] = [];
  const echo = async (input: unknown) => {
    given.push(input);
    return (input as { value: unknown }).value;
  };
  return { given, tools: [tool('look', echo), tool('announce', echo, { effect: 'customer_facing' })] };
}

const outputs = (results: unknown[]) => results.map((result) => (result as { value: unknown }).value);

describe('large results', () => {
  it('eight of 60 KB in one step fit into the log, and reach the model as far as a step has room', async () => {
    const big = tool('big', async () => 'x'.repeat(60_000));
    const wanted = Array.from({ length: 8 }, (_, n) => ({ name: 'big', id: `big-${n}` }));
    const world = createTurnWorld({ script: [calls(...wanted), says('Ok.')], tools: [big] });
    const written = enforceTableLimits(world.store);
    const { turnId } = await world.admit();
    expect(await world.run(turnId)).toMatchObject({ route: 'done' });
    expect(written.get('CHUNK')).toBeLessThan(LOG_ITEM_BYTES);
    const { contextTokens } = modelFactsOf(world.deps.model, {});
    const lengths = outputs(world.toolResults()).map((value) => String(value).length);
    expect(lengths).toHaveLength(8);
    expect(Math.max(...lengths)).toBe(60_000);
    expect(Math.min(...lengths)).toBeGreaterThan(4_000);
    expect(lengths.reduce((sum, length) => sum + length, 0)).toBeLessThanOrEqual(
      stepLimitBytes(contextTokens),
    );
  });
});

describe('large arguments', () => {
  const value = 'y'.repeat(200_000);

  it('of 200 KB reach the tool whole; the log shows their beginning', async () => {
    const { given, tools } = echoes();
    const wanted = Array.from({ length: 4 }, (_, n) => ({ name: 'look', id: `look-${n}`, input: { value } }));
    const world = createTurnWorld({ script: [calls(...wanted), says('Ok.')], tools });
    const written = enforceTableLimits(world.store);
    const { turnId } = await world.admit();
    expect(await world.run(turnId)).toMatchObject({ route: 'done' });
    expect(given).toEqual(Array.from({ length: 4 }, () => ({ value })));
    expect(written.get('CHUNK')).toBeLessThan(LOG_ITEM_BYTES);
    const shown = (await world.chunks(turnId)).filter((chunk) => chunk.type === 'tool-input-available');
    expect(shown).toHaveLength(4);
    for (const { input } of shown) expect(input).toEqual({ value: expect.stringMatching(/^y+…$/) });
  });

  it('of 15 KB, thirty-two of them, are shown whole in several batches, and none is missing', async () => {
    const { tools } = echoes();
    const wanted = Array.from({ length: 32 }, (_, n) => ({
      name: 'look',
      id: `look-${n}`,
      input: { value: 'y'.repeat(15_000) },
    }));
    const world = createTurnWorld({ script: [calls(...wanted), says('Ok.')], tools });
    const written = enforceTableLimits(world.store);
    const { turnId } = await world.admit();
    expect(await world.run(turnId)).toMatchObject({ route: 'done' });
    expect(written.get('CHUNK')).toBeLessThan(LOG_ITEM_BYTES);
    const shown = (await world.chunks(turnId)).filter((chunk) => chunk.type === 'tool-input-available');
    expect(new Set(shown.map((chunk) => chunk.toolCallId)).size).toBe(32);
    for (const { input } of shown) expect(input).toEqual({ value: 'y'.repeat(15_000) });
  });

  it('can be asked about, 24 at once, and what was approved is done with them whole', async () => {
    // More than a transaction holds, were they in the pause as they are.
    const { given, tools } = echoes();
    const wanted = Array.from({ length: 24 }, (_, n) => ({
      name: 'announce',
      id: `a-${n}`,
      input: { value },
    }));
    const world = createTurnWorld({ script: [calls(...wanted), says('Ok.')], tools });
    enforceTableLimits(world.store);
    const { turnId } = await world.admit();
    const paused = await world.run(turnId);
    expect(paused).toMatchObject({ route: 'pause' });
    await approveAll(world, 'pauseId' in paused ? paused.pauseId : '');
    expect(await world.run(turnId)).toMatchObject({ route: 'done' });
    expect(given).toEqual(Array.from({ length: 24 }, () => ({ value })));
  });
});

describe('values that DynamoDB does not know', () => {
  let nested: unknown = 'bottom';
  for (let level = 0; level < 40; level++) nested = level % 2 ? [nested] : { deeper: nested };

  const strange: [string, unknown][] = [
    ['a 64-bit number', 2 ** 60],
    ['1e300', 1e300],
    ['a number near zero', 1e-300],
    ['40 levels of nesting', nested],
    ['an empty name', { '': 1 }],
  ];

  it.each(strange)('%s survives as a tool’s argument and result', async (_, value) => {
    const { given, tools } = echoes();
    const world = createTurnWorld({
      script: [calls({ name: 'look', input: { value } }), says('Ok.')],
      tools,
    });
    enforceTableLimits(world.store);
    const { turnId } = await world.admit();
    expect(await world.run(turnId)).toMatchObject({ route: 'done' });
    expect(given).toEqual([{ value }]);
    expect(outputs(world.toolResults())).toEqual([value]);
    const chunks = await world.chunks(turnId);
    const shown = chunks.flatMap((chunk) => (chunk.type === 'tool-output-available' ? [chunk.output] : []));
    expect(shown).toEqual([value]);
  });

  it.each(strange)('%s survives a pause, and the run that reads it back', async (_, value) => {
    const { given, tools } = echoes();
    const wanted = ['look', 'announce'].map((name) => ({ name, input: { value } }));
    const world = createTurnWorld({ script: [calls(...wanted), says('Ok.')], tools });
    enforceTableLimits(world.store);
    const { turnId } = await world.admit();
    const paused = await world.run(turnId);
    expect(paused).toMatchObject({ route: 'pause' });
    await approveAll(world, 'pauseId' in paused ? paused.pauseId : '');
    expect(await world.run(turnId)).toMatchObject({ route: 'done' });
    expect(given).toEqual([{ value }, { value }]);
    expect(outputs(world.toolResults())).toEqual([value, value]);
  });
});

async function approveAll(world: ReturnType<typeof createTurnWorld>, pauseId: string): Promise<void> {
  const { rows } = present(await loadPause(world.store, pauseId));
  for (const row of rows.keys())
    await decideRequirement(world.deps, {
      pauseId,
      row,
      answer: 'approved',
      by: 'U1',
      door: 'slack',
      appId: 'A1',
      installationId: 'T1',
      at: world.now(),
    });
}
