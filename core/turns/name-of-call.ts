import { createHash } from 'node:crypto';

/** A tool call's id as part of a body's name: as the provider gave it, or its digest where it is long or odd. */
export function nameOfCall(toolCallId: string): string {
  if (/^[\w-]{1,64}$/.test(toolCallId)) return toolCallId;
  return createHash('sha256').update(toolCallId).digest('hex').slice(0, 32);
}
