import { describe, expect, it } from 'vitest';

const handlers = {
  'slack-events': () => import('./slack-events/handler.ts'),
  'slack-interactions': () => import('./slack-interactions/handler.ts'),
  'run-turn': () => import('./run-turn/handler.ts'),
  'status-relay': () => import('./status-relay/handler.ts'),
  settle: () => import('./settle/handler.ts'),
  sweep: () => import('./sweep/handler.ts'),
};

describe.each(Object.entries(handlers))('%s', (_, load) => {
  it('loads without an environment and has a handler that Node 24 runs on Lambda', async () => {
    const module = await load();
    expect(Object.keys(module)).toEqual(['handler']);
    // A third parameter would be the callback, which that runtime refuses.
    expect(module.handler.length).toBeLessThanOrEqual(2);
  });
});
