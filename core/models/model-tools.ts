import { jsonSchema, type ToolSet, tool } from 'ai';
import type { AnyTool } from '../tools/define-tool.ts';

/**
 * Our tools as AI SDK tools without `execute`. The SDK is given the bare JSON Schema, so it checks no arguments:
 * they stay as the model wrote them, and `parseInput` alone decides about them.
 */
export function toModelTools(tools: readonly AnyTool[]): ToolSet {
  return Object.fromEntries(
    tools.map(({ name, description, inputSchema }) => [
      name,
      tool({ description, inputSchema: jsonSchema<unknown>({ ...inputSchema }) }),
    ]),
  );
}
