import { expect, it } from 'vitest';
import { scopeGroups } from './scope-groups.ts';

const asked = (...scopes: string[]) => scopes.map((scope) => ({ scope, says: scope }));
const titled = (bot: string[], user: string[] = []) =>
  scopeGroups(asked(...bot), asked(...user)).map(({ title, permissions }) => [
    title,
    ...permissions.map((one) => one.scope),
  ]);

it('sorts what an app asks for by what it sees and what it does', () => {
  expect(
    titled(
      ['channels:history', 'chat:write', 'users:read.email', 'commands'],
      ['search:read', 'users.profile:write'],
    ),
  ).toEqual([
    ['See content and info about channels and conversations', 'channels:history'],
    ['See content and info about your workspace', 'users:read.email'],
    ['See content and info about you', 'search:read'],
    ['Act in channels and conversations', 'chat:write'],
    ['Act in your workspace', 'commands'],
    ['Act as you', 'users.profile:write'],
  ]);
});

it('leaves out groups of which nothing is asked', () => {
  expect(titled(['chat:write.public'])).toEqual([['Act in channels and conversations', 'chat:write.public']]);
});
