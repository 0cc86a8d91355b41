import { expect, it } from 'vitest';
import { pdf } from '../../test/support/small-files.ts';
import { aPost, calls, createTurnWorld, says, tool } from '../../test/support/turn-world.ts';
import type { Installation } from '../installations/record.ts';
import type { SlackClient } from '../slack/api.ts';
import { loadStep } from './step-commit.ts';
import { stopTurn } from './stop.ts';

const report = { id: 'F1', name: 'report.txt', mimetype: 'text/plain', size: 20 };
const installation = { botToken: 'xoxb-1' } as Installation;

/** A Slack whose one file is downloaded so. */
function withFile(download: SlackClient['download']) {
  const slack: SlackClient = {
    call: async <T>() => ({ file: { id: 'F1', url_private: 'https://files.slack.com/F1' } }) as T,
    download,
  };
  return { findInstallation: async () => installation, connectSlack: () => slack };
}

it('52, 56 a file of a message that a running turn takes up reaches the model with it', async () => {
  const world = createTurnWorld({
    tools: [
      tool('look', async () => {
        await world.admit(aPost({ threadTs: '5.5', text: 'and this', files: [report] }));
        return 'seen';
      }),
    ],
    script: [calls({ name: 'look' }), says('With the report.')],
  });
  const slack = withFile(async () => ({ bytes: Buffer.from('the totals are 42'), contentType: '' }));
  const { turnId } = await world.admit(aPost({ threadTs: '5.5', text: 'look' }));
  const over = { takesFollowUps: () => true, ...slack };
  expect(await world.run(turnId, 1, over)).toMatchObject({ route: 'done' });
  expect(JSON.stringify(world.requests.at(-1)?.messages)).toContain('the totals are 42');
});

it('a stop while files are downloaded ends the turn without a model call', async () => {
  const world = createTurnWorld();
  const { turnId } = await world.admit(aPost({ text: 'read it', files: [report] }));
  const slack = withFile(async (_url, { signal }) => {
    await stopTurn(world.deps, { turnId, by: 'U1' });
    world.advance(3_000);
    return new Promise((_resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    });
  });
  expect(await world.run(turnId, 1, slack)).toMatchObject({ route: 'done' });
  expect(await world.turn(turnId)).toMatchObject({ state: 'stopped' });
  expect(world.requests).toHaveLength(0);
});

it('56 a large file holds up no run, and counts in the digest of what was sent', async () => {
  const digestWith = async (last: number) => {
    const bytes = Buffer.concat([pdf(), Buffer.alloc(8_000_000, last)]);
    const slack = withFile(async () => ({ bytes, contentType: '' }));
    const world = createTurnWorld();
    const { turnId } = await world.admit(aPost({ messageTs: '5.5', text: 'read it', files: [report] }));
    const began = performance.now();
    expect(await world.run(turnId, 1, slack)).toMatchObject({ route: 'done' });
    expect(world.requests[0]?.messages.at(-1)?.content[1]).toMatchObject({ mediaType: 'application/pdf' });
    // As JSON its bytes would take seconds, in which no lease is renewed.
    expect(performance.now() - began).toBeLessThan(1_500);
    return (await loadStep(world.deps, turnId, 0))?.requestDigest;
  };
  const digest = await digestWith(1);
  expect(await digestWith(1)).toBe(digest);
  expect(await digestWith(2)).not.toBe(digest);
});
