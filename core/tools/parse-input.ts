import type { z } from 'zod';
import type { AnyTool } from './define-tool.ts';

export type ParsedInput = { ok: true; value: unknown } | { ok: false; text: string };

/** Checks a call's arguments. @returns the input for `run`, or what the model is told so that it can correct itself */
export function parseInput(tool: AnyTool, input: unknown): ParsedInput {
  const parsed = tool.input.safeParse(input);
  if (parsed.success) return { ok: true, value: parsed.data };
  const issues = parsed.error.issues.slice(0, 5).map(issueText);
  const more = parsed.error.issues.length - issues.length;
  return {
    ok: false,
    text: `The arguments of ${tool.name} are wrong, so it did not run. ${issues.join('; ')}${more > 0 ? `; and ${more} more` : ''}. Correct them and call it again.`,
  };
}

function issueText({ path, message }: z.core.$ZodIssue): string {
  return path.length > 0 ? `${path.map(String).join('.')}: ${message}` : message;
}
