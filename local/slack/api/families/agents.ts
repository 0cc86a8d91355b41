import type { Method } from '../method.ts';
import { setStatus } from '../methods/set-status.ts';

/** agents.sessions.*, assistant.threads.* */
export const AGENTS: Record<string, Method> = {
  'agents.sessions.setStatus': setStatus,
};
