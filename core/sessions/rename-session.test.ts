import { expect, it } from 'vitest';
import { aPost, createTurnWorld } from '../../test/support/turn-world.ts';
import { keys } from '../store/keys.ts';
import { renameSession } from './rename-session.ts';

async function titledWorld(title?: string) {
  const world = createTurnWorld();
  const { sessionId } = await world.admit(aPost({ threadTs: '1.1' }));
  if (title) await world.store.update({ key: keys.session(sessionId), set: { title, titleBy: 'model' } });
  const rename = (to: string, at: number) => renameSession(world, { sessionId, title: to, at });
  return { world, sessionId, rename };
}

it('K-35 a person’s title replaces the model’s, and the session’s version goes up', async () => {
  const { world, sessionId, rename } = await titledWorld('Greeting');
  const { version } = await world.session(sessionId);
  expect(await rename('Plans for May', 5)).toBe('renamed');
  expect(await world.session(sessionId)).toMatchObject({
    title: 'Plans for May',
    titleBy: 'person',
    version: version + 1,
  });
});

it('K-35 a rename between a door’s read and its write is not lost', async () => {
  const { world, sessionId, rename } = await titledWorld();
  const [turn] = await world.messages(sessionId);
  await world.run(String(turn?.turnId));
  let met = false;
  world.store.beforeWrite = async (actions) => {
    if (met || actions.length === 1) return;
    met = true;
    await rename('Mine', 5);
  };
  await world.admit(aPost({ threadTs: '1.1' }));
  expect(met).toBe(true);
  expect(await world.session(sessionId)).toMatchObject({ title: 'Mine', titleBy: 'person' });
});

it('of two that arrive in the wrong order the later one stays', async () => {
  const { world, sessionId, rename } = await titledWorld();
  expect(await rename('Second', 20)).toBe('renamed');
  expect(await rename('First', 10)).toBe('kept');
  expect(await world.session(sessionId)).toMatchObject({ title: 'Second' });
});

it('the title that stands there already makes it no person’s', async () => {
  const { world, sessionId, rename } = await titledWorld('Greeting');
  expect(await rename('Greeting', 5)).toBe('kept');
  expect(await world.session(sessionId)).toMatchObject({ titleBy: 'model' });
});

it('a thread without a session stays without one', async () => {
  const world = createTurnWorld();
  expect(await renameSession(world, { sessionId: 's0', title: 'x', at: 1 })).toBe('unknown');
  expect(world.store.items.size).toBe(0);
});
