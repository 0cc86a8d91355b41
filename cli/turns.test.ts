import { expect, it } from 'vitest';
import { defaultDisplay } from '../core/display/display.ts';
import { storeFeedback } from '../core/feedback/store-feedback.ts';
import type { DoorDefinition } from '../core/sessions/doors.ts';
import { keys } from '../core/store/keys.ts';
import type { UsageRecord } from '../core/turns/record.ts';
import { createCliWorld } from '../test/support/cli-world.ts';
import { calls, says, tool } from '../test/support/turn-world.ts';
import { exitCodes } from './cli-error.ts';
import { describeTurn } from './describe-turn.ts';
import { readTurn } from './read-turn.ts';
import { stopOneTurn } from './turns.ts';

it('turns show tells state, steps, what they used, calls and model calls that did not count', async () => {
  const { world, deployment } = createCliWorld({
    script: [calls({ name: 'look' }), says('Fine.')],
    tools: [tool('look', async () => 'seen')],
  });
  const { turnId, sessionId } = await world.admit();
  await world.run(turnId);
  const failed: UsageRecord = {
    v: 1,
    turnId,
    sessionId,
    appId: 'A1',
    installationId: 'T1',
    channel: 'C1',
    userId: 'U1',
    kind: 'title',
    step: 0,
    attempt: 9,
    model: 'demo/small',
    usage: { inputTokens: 7, outputTokens: 3, cacheReadTokens: 5, costUsd: 0.0123 },
    at: 1,
  };
  await world.store.put({ ...keys.usage(turnId, 0, 'title', 9), ...failed });
  const told = await readTurn(deployment, turnId);
  expect(told.steps.map(({ step, toolCalls }) => [step, toolCalls.length])).toEqual([
    [0, 1],
    [1, 0],
  ]);
  expect(told.calls).toMatchObject([{ toolName: 'look', status: 'result', step: 0 }]);
  const text = describeTurn(told);
  expect(text).toMatch(new RegExp(`^Turn ${turnId}: completed\\nsession ${sessionId}, asked by U1`));
  expect(text).toMatch(/^0 +\S+ \S+ +demo +tool-calls +1 +10 in, 5 out.* +look$/m);
  expect(text).toMatch(/^1 +\S+ \S+ +demo +stop +1 +10 in, 5 out/m);
  expect(text).toMatch(
    /Other model calls:\n(.*\n)*title +step 0 +attempt 9 +demo\/small +7 in \(5 cached\), 3 out, \$0\.0123/,
  );
});

it('turns show lists calls in the order of their steps, however their ids sort', async () => {
  const { world, deployment } = createCliWorld({
    script: [calls({ name: 'look', id: 'z' }), calls({ name: 'look', id: 'a' }), says('Fine.')],
    tools: [tool('look', async () => 'seen')],
  });
  const { turnId } = await world.admit();
  await world.run(turnId);
  const told = await readTurn(deployment, turnId);
  expect(told.calls.map(({ step, toolCallId }) => [step, toolCallId])).toEqual([
    [0, 'z'],
    [1, 'a'],
  ]);
});

it.each<[string, DoorDefinition['display'], RegExp]>([
  ['nothing', undefined, /^shown as plan$/m],
  ['another surface', { surface: 'timeline' }, /^shown as timeline$/m],
  [
    'much',
    { surface: 'final', reactions: true, feedback: false, footer: [], links: ['a.example', 'b.example'] },
    /^shown as final, reactions on, footer none, feedback off, links a\.example\+b\.example$/m,
  ],
])('11 turns show tells how it is shown where %s was chosen', async (_, display, line) => {
  const { world, deployment } = createCliWorld({ door: display ? { display } : {} });
  const { turnId } = await world.admit();
  const told = await readTurn(deployment, turnId);
  expect(told.display).toEqual({ ...defaultDisplay, ...display });
  expect(describeTurn(told)).toMatch(line);
});

it('21 turns show tells what people thought of the answer', async () => {
  const { world, deployment } = createCliWorld();
  const { turnId } = await world.admit();
  const given = { turnId, appId: 'A1', installationId: 'T1' };
  await storeFeedback(world, { ...given, userId: 'U2', rating: 'down', at: 2_000 });
  await storeFeedback(world, { ...given, userId: 'U9', rating: 'up', at: 1_000 });
  const told = await readTurn(deployment, turnId);
  expect(told.feedback.map(({ userId, rating }) => [userId, rating])).toEqual([
    ['U9', 'up'],
    ['U2', 'down'],
  ]);
  expect(describeTurn(told)).toMatch(/Feedback:\nup +U9 +1970-\S+ \S+\ndown +U2 +1970-/);
});

it('turns stop ends a turn once', async () => {
  const { world, deployment } = createCliWorld();
  const { turnId } = await world.admit();
  expect(await stopOneTurn(deployment, turnId)).toEqual({
    json: { turnId, outcome: 'stopped' },
    text: 'Stopped.',
  });
  expect(await stopOneTurn(deployment, turnId)).toMatchObject({ refused: true });
  expect(describeTurn(await readTurn(deployment, turnId))).toMatch(/: stopped \(Stopped\.\)/);
});

it.each([
  ['a turn', exitCodes.usage],
  [`t${'0'.repeat(32)}`, exitCodes.unknown],
])('%s is refused with a sentence', async (turnId, exitCode) => {
  const { deployment } = createCliWorld();
  await expect(stopOneTurn(deployment, turnId)).rejects.toMatchObject({ name: 'CliError', exitCode });
  await expect(readTurn(deployment, turnId)).rejects.toMatchObject({ exitCode });
});
