import { expect, test } from 'vitest';
import { appSwitches, byId, channel, person } from '../store/fixtures.ts';
import { postingNotice } from './posting.ts';

const me = person({ id: 'U1' });
const people = byId(me, person({ id: 'UBOT', isBot: true }), person({ id: 'UGONE', deleted: true }));
const mine = { id: 'C1', members: ['U1'] };

test.each([
  ['an ordinary channel', channel(mine), undefined, undefined],
  ['an archived one', channel({ ...mine, archived: true }), undefined, { canJoin: false }],
  ['a public one of others', channel({ id: 'C1' }), undefined, { canJoin: true }],
  ['a private one of others', channel({ id: 'C1', kind: 'group' }), undefined, { canJoin: false }],
  ['one for admins', channel({ ...mine, postingRestricted: true }), undefined, { canJoin: false }],
  ['a DM', channel({ id: 'D1', kind: 'im', members: ['U1', 'UBOT'] }), appSwitches({}), undefined],
  [
    'a DM with an app that takes no messages',
    channel({ id: 'D1', kind: 'im', members: ['U1', 'UBOT'] }),
    appSwitches({ messagesTabReadOnly: true }),
    { canJoin: false },
  ],
  [
    'a DM with somebody who left',
    channel({ id: 'D1', kind: 'im', members: ['U1', 'UGONE'] }),
    undefined,
    { canJoin: false },
  ],
])('%s', (_name, given, app, expected) => {
  const notice = postingNotice(given, me, { people, app });
  if (expected === undefined) expect(notice).toBeUndefined();
  else expect(notice).toMatchObject(expected);
});

test('an admin writes where only admins may', () => {
  const restricted = channel({ ...mine, postingRestricted: true });
  expect(postingNotice(restricted, person({ id: 'U1', isAdmin: true }), { people, app: undefined })).toBe(
    undefined,
  );
});
