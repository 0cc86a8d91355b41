import { connect } from './connect.ts';
import type { WebAccess } from './fetch-page.ts';
import { webLimits } from './limits.ts';
import { resolveHost } from './resolve-host.ts';

/** This machine's own resolver and network. */
export const systemAccess: WebAccess = { resolve: resolveHost, connect, limits: webLimits };
