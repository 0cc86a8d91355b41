import { expect, it } from 'vitest';
import { createMemoryStore } from '../../../test/support/memory-store.ts';
import { defaultTiers } from '../../settings.ts';
import { type SlackApi, SlackCallError } from '../../slack/api.ts';
import { withReadBudget } from './read-budget.ts';

const place = { appId: 'A1', installationId: 'T1' };
const args = { channel: 'C1', ts: '1.1' };

function aWorkspace(answer: (method: string) => unknown = () => ({ ok: true })) {
  const clock = { now: 1_000_000 };
  const tiers = { ...defaultTiers, 'conversations.replies': 2 };
  const deps = { store: createMemoryStore(), now: () => clock.now, tiers };
  const called: string[] = [];
  const slack: SlackApi = {
    async call<T>(method: string): Promise<T> {
      called.push(method);
      return answer(method) as T;
    },
  };
  return { clock, called, slack: () => withReadBudget(deps, place, slack) };
}

const failureOf = async (call: Promise<unknown>) => {
  const error = await call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return error instanceof SlackCallError ? error.failure : error;
};

it('two relays of a workspace share what it may read in a minute', async () => {
  const { clock, called, slack } = aWorkspace();
  const [one, other] = [slack(), slack()];
  await one.call('conversations.replies', args);
  await other.call('conversations.replies', args);
  const refused = await failureOf(one.call('conversations.replies', args));
  expect(refused).toMatchObject({ kind: 'rate_limited', retryAfterMs: expect.any(Number) });
  expect(called).toHaveLength(2);
  clock.now += (refused as { retryAfterMs: number }).retryAfterMs;
  await other.call('conversations.replies', args);
  expect(called).toHaveLength(3);
});

it('Slack’s 429 for a read keeps the others from asking until it is over', async () => {
  let busy = true;
  const { clock, called, slack } = aWorkspace((method) => {
    if (busy) throw new SlackCallError(method, { kind: 'rate_limited', retryAfterMs: 30_000 });
    return { ok: true };
  });
  for (let n = 0; n < 3; n++)
    expect(await failureOf(slack().call('files.info', { file: 'F1' }))).toMatchObject({
      kind: 'rate_limited',
    });
  expect(called).toHaveLength(1);
  clock.now += 30_000;
  busy = false;
  expect(await slack().call('files.info', { file: 'F1' })).toEqual({ ok: true });
});

it('what is no read has its own budget', async () => {
  const { called, slack } = aWorkspace();
  for (let n = 0; n < 200; n++) await slack().call('chat.appendStream', args);
  expect(called).toHaveLength(200);
});
