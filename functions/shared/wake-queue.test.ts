import { expect, it } from 'vitest';
import { createRequestNotice } from './wake-queue.ts';

it('a notice goes into the wake queue at once', async () => {
  const sent: unknown[] = [];
  const notice = {
    appId: 'A1',
    installationId: 'T1',
    channel: 'C1',
    threadTs: '1.1',
    userId: 'U1',
    text: 'hi',
  };
  await createRequestNotice(async (...wake) => void sent.push(wake))(notice);
  expect(sent).toEqual([[{ v: 1, kind: 'notice', ...notice }, 0]]);
});
