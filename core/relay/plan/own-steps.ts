import { isCompactionCall } from '../../compaction/chunks.ts';

const FOLLOW_UP = 'follow-up-';
const FILE = 'file-';

/** The card of a message that a running turn has read. */
export const followUpStepId = (messageTs: string): string => FOLLOW_UP + messageTs;

/** The card of a file that the model was not given. */
export const fileStepId = (fileId: string): string => FILE + fileId;

/**
 * Whether a step is a call of the agent's. What is shown beside them (a message that was read, a file that could not be,
 * a summary of the conversation) is nobody's call: it shares no card with calls and is not counted with them.
 */
export function isAgentCall(stepId: string): boolean {
  return !isCompactionCall(stepId) && !stepId.startsWith(FOLLOW_UP) && !stepId.startsWith(FILE);
}
