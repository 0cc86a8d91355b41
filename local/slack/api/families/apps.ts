import type { AnyMethod } from '../method.ts';
import { authTest } from '../methods/auth-test.ts';

/** auth.*, oauth.*, openid.*, apps.* */
export const APPS: Record<string, AnyMethod> = {
  'auth.test': authTest,
};
