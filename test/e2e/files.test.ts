import { expect, it } from 'vitest';
import { turnIdOf } from '../../core/ids.ts';
import { readTurnStream } from '../../core/stream/read-log.ts';
import { png, zip } from '../support/small-files.ts';
import { deployed, shownBy, writtenIn } from './support/deployed.ts';

const { slack, store, SEED, turnWhen, ended, ask } = deployed();
const { requester } = SEED.people;
const { general } = SEED.channels;

it('56 a text, an image and a zip with a request: two reach the model, the third is named on a card', async () => {
  const image = Uint8Array.from(png(40, 30));
  const asked = await slack.upload({
    user: requester,
    channel: general,
    text: '@sluice what is in the files',
    files: [
      { name: 'plan.txt', content: 'The launch is on Friday.\nfail hard' },
      { name: 'sketch.png', content: image },
      { name: 'old.zip', content: Uint8Array.from(zip()) },
    ],
  });
  const turn = await turnWhen(asked, ended);
  expect(turn.state).toBe('completed');
  const answer = await slack.waitForMessage({
    channel: general,
    thread_ts: asked.ts,
    textIncludes: 'This is attached',
    streaming_state: 'completed',
  });
  const said = writtenIn(answer);
  // A text in a file is no request: the answer is to what was asked.
  expect(said).toContain('**plan.txt** (text, 34 characters) begins: “The launch is on Friday. fail hard”');
  expect(said).toContain(`**sketch.png** (image/png, ${image.length} bytes)`);
  expect(said).toContain('Not readable for me: old.zip: this kind of file');
  const cards = Object.values(answer.stream?.cards ?? {});
  const refused = cards.filter(({ title }) => title.startsWith('Could not read'));
  expect(refused.map(({ title }) => title)).toEqual(['Could not read old.zip']);
  const { batches } = await readTurnStream(store, turn.turnId, { fence: 0, seq: 0 }, 100);
  const told = batches.flatMap(({ chunks }) => chunks).filter(({ type }) => type === 'data-file');
  expect(told).toEqual([{ type: 'data-file', data: expect.objectContaining({ name: 'old.zip' }) }]);

  // The files stay with the session, and what was refused is not told a second time.
  const again = await ask('what is in the files', { thread_ts: asked.ts });
  expect((await turnWhen(again, ended)).turnId).toBe(
    turnIdOf({ appId: SEED.app, installationId: SEED.team, channel: general, messageTs: again.ts }),
  );
  const second = await slack.waitForMessage({
    channel: general,
    thread_ts: asked.ts,
    after: again.ts,
    textIncludes: 'plan.txt',
    streaming_state: 'completed',
  });
  expect(Object.values(second.stream?.cards ?? {}).map(({ title }) => title)).not.toContain(
    'Could not read old.zip',
  );
  expect(await shownBy(slack, asked)).toHaveLength(2);
});
