import { createHash } from 'node:crypto';
import type { ModelName } from './model-name.ts';

/** A call's id as a provider takes it; the same one each time. */
export type CallIdOf = (id: string) => string;

/** What each API takes as the id of a call. */
const rules: Record<ModelName['provider'], { characters?: RegExp; length: number }> = {
  // "String should match pattern '^[a-zA-Z0-9_-]+$'".
  anthropic: { characters: /^[a-zA-Z0-9_-]+$/, length: 64 },
  // ToolUseBlock of the Converse API: the same pattern, 1 to 64 characters.
  bedrock: { characters: /^[a-zA-Z0-9_-]+$/, length: 64 },
  // `call_id` of the Responses API.
  openai: { characters: /^[a-zA-Z0-9_-]+$/, length: 64 },
  // "Expected a string with maximum length 40" (OpenAI's own chat completions). Servers number calls in alphabets of
  // their own (`functions.add:0`) and read them again, so those are left as they are.
  'openai-compatible': { length: 40 },
  demo: { length: Number.POSITIVE_INFINITY },
};

const DIGEST = 8;

/** Gives ids that a provider refuses another form, made of the id alone: a call and its result stay together. */
export function callIdsFor(provider: ModelName['provider']): CallIdOf {
  const { characters, length } = rules[provider];
  return (id) => {
    if (id.length <= length && (!characters || characters.test(id))) return id;
    const digest = createHash('sha256').update(id).digest('hex').slice(0, DIGEST);
    const kept = id.replace(/[^a-zA-Z0-9_-]/g, '_').slice(0, length - DIGEST - 1);
    return `${kept}_${digest}`;
  };
}
