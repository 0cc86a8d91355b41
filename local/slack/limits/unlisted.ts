import type { App } from '../world/types.ts';
import type { RateRule } from './tiers.ts';

/** Methods of the non-Marketplace change of 2025-05-29 (§2). */
const METHODS = ['conversations.history', 'conversations.replies'];

/** The rule that replaces a method's tier for an app sold outside the Marketplace: one request a minute (§2). */
export function unlistedRule(
  app: Pick<App, 'distribution'> | undefined,
  method: string,
): RateRule | undefined {
  return app?.distribution === 'unlisted' && METHODS.includes(method)
    ? { perMinute: 1, burst: 0 }
    : undefined;
}
