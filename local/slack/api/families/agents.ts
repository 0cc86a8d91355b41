import type { Method } from '../method.ts';
import { assistantSetStatus, assistantSetTitle, setSuggestedPrompts } from '../methods/assistant-threads.ts';
import { renameSession } from '../methods/rename-session.ts';
import { setStatus } from '../methods/set-status.ts';

/** agents.sessions.*, assistant.threads.* */
export const AGENTS: Record<string, Method> = {
  'agents.sessions.rename': renameSession,
  'agents.sessions.setStatus': setStatus,
  'assistant.threads.setStatus': assistantSetStatus,
  'assistant.threads.setSuggestedPrompts': setSuggestedPrompts,
  'assistant.threads.setTitle': assistantSetTitle,
};
