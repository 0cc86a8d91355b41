import { toolResultMessage } from '../../core/models/messages.ts';
import type { FileReference, MessageRecord } from '../../core/sessions/record.ts';

/** A session's records in a test's words: each call appends one, and its sequence is the next one. */
export function createHistory(turnId = 't1') {
  const records: MessageRecord[] = [];
  const add = (fields: Pick<MessageRecord, 'role'> & Partial<MessageRecord>) => {
    records.push({ v: 1, sessionId: 's1', turnId, seq: records.length + 1, at: 0, ...fields });
  };
  const history = {
    records,
    post(text: string, userId = 'U1', files: FileReference[] = []) {
      add({ role: 'user', post: { text, author: { userId, teamId: 'T1' }, messageTs: '1.0', files } });
      return history;
    },
    says(text: string) {
      add({ role: 'assistant', message: { role: 'assistant', content: [{ type: 'text', text }] } });
      return history;
    },
    /** A step: calls of the agent, named `<tool>-<seq>`. */
    calls(...tools: string[]) {
      const seq = records.length + 1;
      const content = tools.map((toolName, n) => ({
        type: 'tool-call',
        toolCallId: `${toolName}-${seq}-${n}`,
        toolName,
        input: { query: 'x' },
      }));
      add({ role: 'assistant', message: { role: 'assistant', content } });
      return history;
    },
    /** Results of the calls right before, in their order. */
    results(...values: unknown[]) {
      const { message } = records.at(-1) ?? {};
      const { content } = message as { content: { toolCallId: string; toolName: string }[] };
      const answered = content.map(({ toolCallId, toolName }, n) => ({
        toolCallId,
        toolName,
        outcome: { kind: 'output' as const, value: values[n] ?? 'fine' },
      }));
      add({ role: 'tool', message: toolResultMessage(answered) });
      return history;
    },
    summary(summary: string) {
      add({ role: 'user', summary });
      return history;
    },
    stored(role: 'assistant' | 'tool', message: unknown) {
      add({ role, message });
      return history;
    },
  };
  return history;
}
