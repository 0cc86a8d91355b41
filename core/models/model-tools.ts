import { jsonSchema, type ToolSet, tool } from 'ai';
import type { AnyTool } from '../tools/define-tool.ts';

/** A provider's own web search in a request's tools; its name at Anthropic and OpenAI alike. */
export const WEB_SEARCH = 'web_search';

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

/**
 * A tool that the provider runs itself, made of a provider package's own definition. Its schema is left open: nobody
 * but the provider reads its arguments.
 */
export function providerTool({ id, args }: Pick<ProviderTool, 'id' | 'args'>): ProviderTool {
  const inputSchema = jsonSchema<unknown>({ type: 'object' });
  return { type: 'provider', isProviderExecuted: true, id, args, inputSchema, supportsDeferredResults: true };
}

type ProviderTool = Extract<ToolSet[string], { type: 'provider'; isProviderExecuted: true }>;
