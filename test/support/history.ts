import { type ModelMessage, modelMessageSchema, streamText } from 'ai';
import { expect } from 'vitest';
import { toModelMessages } from '../../core/models/messages.ts';
import type { FileReference, MessageRecord, UserPost } from '../../core/sessions/record.ts';
import { scriptedModel } from './scripted-model.ts';

/** Records of one session, numbered as they are made. */
export function createRecords(sessionId = 's1') {
  let seq = 0;
  const record = (fields: Pick<MessageRecord, 'role'> & Partial<MessageRecord>): MessageRecord => {
    seq++;
    return { v: 1, sessionId, turnId: 't1', seq, at: seq, ...fields };
  };
  return {
    record,
    post: (text: string, userId = 'U1', files: FileReference[] = []) =>
      record({ role: 'user', post: aUserPost(text, userId, files) }),
    /** What the model answered, in parts of the SDK's messages. */
    assistant: (...content: unknown[]) =>
      record({ role: 'assistant', message: { role: 'assistant', content } }),
    /** Results of our tools. */
    results: (...content: unknown[]) => record({ role: 'tool', message: { role: 'tool', content } }),
  };
}

export function aUserPost(text: string, userId = 'U1', files: FileReference[] = []): UserPost {
  return { text, author: { userId, teamId: 'T1' }, messageTs: '1.0', files };
}

export const textPart = (text: string) => ({ type: 'text' as const, text });
export const callPart = (toolCallId: string, toolName = 'add', input: unknown = {}) => ({
  type: 'tool-call' as const,
  toolCallId,
  toolName,
  input,
});
export const resultPart = (toolCallId: string, value = `r-${toolCallId}`, toolName = 'add') => ({
  type: 'tool-result' as const,
  toolCallId,
  toolName,
  output: { type: 'text' as const, value },
});

/** What the SDK has against a prompt when it is asked to send it; nothing when it sends it. */
export async function objectionsOfSdk(messages: ModelMessage[]): Promise<unknown[]> {
  const model = scriptedModel([{ type: 'finish', reason: 'stop', input: 1, output: 1 }]);
  const errors: unknown[] = [];
  const { stream } = streamText({ model, messages, onError: ({ error }) => void errors.push(error) });
  for await (const part of stream) if (part.type === 'error') errors.push(part.error);
  return errors;
}

/** That the model reads these records so, and that the SDK takes it. */
export async function expectHealed(records: readonly MessageRecord[], expected: unknown[]): Promise<void> {
  const messages = toModelMessages(records);
  expect(messages).toEqual(expected);
  for (const message of messages) expect(modelMessageSchema.safeParse(message).success).toBe(true);
  expect(await objectionsOfSdk(messages)).toEqual([]);
}

/** What a session stores of an answer, as the next step reads it. */
export function stored(...messages: unknown[]) {
  const records = messages.map((message, seq) => ({
    v: 1 as const,
    sessionId: 's',
    turnId: 't',
    seq,
    role: 'assistant' as const,
    message: JSON.parse(JSON.stringify(message)) as unknown,
    at: 0,
  }));
  return toModelMessages(records);
}
