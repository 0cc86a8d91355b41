import { describe, expect, it } from 'vitest';
import { createTurnWorld } from '../../test/support/turn-world.ts';
import { SlackCallError } from '../slack/api.ts';
import { keys } from '../store/keys.ts';
import { showTitle } from './show-title.ts';

/** Slack answers with these codes, one a call, and takes the title behind them. */
async function scene(
  codes: readonly string[],
  beforeWait: (waits: number) => Promise<void> = async () => {},
) {
  const world = createTurnWorld();
  const { turnId, sessionId } = await world.admit();
  const turn = await world.turn(turnId);
  const rename = (title: string) =>
    world.store.update({ key: keys.session(sessionId), set: { title }, add: { version: 1 } });
  await rename('Release notes');
  const calls: unknown[] = [];
  const waits: number[] = [];
  const controller = new AbortController();
  const show = () =>
    showTitle(
      {
        ...world.deps,
        findInstallation: async () => ({
          appId: 'A1',
          installationId: 'T1',
          botToken: 'xoxb-1',
          botUserId: 'UBOT',
          botId: 'B1',
        }),
        connectSlack: () => ({
          call: async <T>(method: string, args: Record<string, unknown>) => {
            const code = codes[calls.length];
            calls.push([method, args.title]);
            if (code) throw new SlackCallError(method, { kind: 'platform', code, messages: [] });
            return {} as T;
          },
        }),
        wait: async (ms, signal) => {
          waits.push(ms);
          await beforeWait(waits.length);
          signal.throwIfAborted();
        },
      },
      { turn, title: 'Release notes', signal: controller.signal },
    );
  return { show, calls, waits, rename, controller };
}

describe('54 a title is told to Slack', () => {
  it('at once where the thread has a session', async () => {
    const { show, calls, waits } = await scene([]);
    await show();
    expect(calls).toEqual([['agents.sessions.rename', 'Release notes']]);
    expect(waits).toEqual([]);
  });

  it('again while the first message is not there yet, and with it the session', async () => {
    const { show, calls } = await scene(['session_not_found', 'session_not_found']);
    await show();
    expect(calls).toHaveLength(3);
  });

  it('for less than ten seconds', async () => {
    const { show, calls, waits } = await scene(Array.from({ length: 99 }, () => 'session_not_found'));
    await show();
    expect(calls).toHaveLength(waits.length + 1);
    expect(waits.reduce((sum, ms) => sum + ms, 0)).toBeLessThan(10_000);
  });

  it('once where Slack refuses it for another reason', async () => {
    const { show, calls } = await scene(['not_authorized']);
    await show();
    expect(calls).toHaveLength(1);
  });

  it('K-35 no more when a person named it meanwhile', async () => {
    const { show, calls, rename } = await scene(['session_not_found'], async () => {
      await rename('Mine');
    });
    await show();
    expect(calls).toHaveLength(1);
  });

  it('no more when the run ends', async () => {
    const { show, calls, controller } = await scene(['session_not_found'], async () => controller.abort());
    await show();
    expect(calls).toHaveLength(1);
  });
});
