import { expect, test } from 'vitest';
import { authorizeUrl } from './authorize-url.ts';

const app = { clientId: '1.2', botScopes: ['chat:write'], userScopes: [], redirectUrls: [] };

test('asks for the scopes of the manifest', () => {
  expect(authorizeUrl(app, 'T1', { scopes: ['users:read'] })).toBe(
    '/oauth/v2/authorize?client_id=1.2&scope=chat%3Awrite&team=T1',
  );
});

test('without any in the manifest: for those of the install', () => {
  expect(authorizeUrl({ ...app, botScopes: [] }, 'T1', { scopes: ['users:read'] })).toContain(
    'scope=users%3Aread',
  );
});

test('names what is asked of the person and where to go afterwards', () => {
  const url = authorizeUrl(
    { ...app, userScopes: ['search:read'], redirectUrls: ['http://127.0.0.1/cb'] },
    'T1',
    undefined,
  );
  expect(url).toContain('user_scope=search%3Aread');
  expect(url).toContain('redirect_uri=http%3A%2F%2F127.0.0.1%2Fcb');
});
