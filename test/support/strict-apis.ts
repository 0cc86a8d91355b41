import type { AnthropicRequestBody } from './anthropic-server.ts';
import type { BedrockRequestBody } from './bedrock-server.ts';
import type { CompletionRequest } from './completions-server.ts';
import type { OpenAIRequestBody } from './openai-server.ts';

/*
 * What each API refuses in a conversation, read strictly: its reference and the sentences with which it refuses. Each
 * function gives its objections, none for a request that is taken. `own` are the signatures, encrypted thoughts and
 * (of chat completions) thoughts that this API gave itself.
 */

type Fields = Record<string, unknown>;
const ID = /^[a-zA-Z0-9_-]{1,64}$/;
const fields = (value: unknown): Fields =>
  typeof value === 'object' && value !== null ? (value as Fields) : {};
const blank = (value: unknown) => typeof value !== 'string' || value.trim() === '';
const list = (value: unknown): Fields[] => (Array.isArray(value) ? value.map(fields) : []);

/** Collects objections; `keys` says which fields something may have. */
function objector() {
  const objections: string[] = [];
  const refuse = (if_: boolean, what: string, value: unknown) => {
    if (if_) objections.push(`${what}: ${JSON.stringify(value)?.slice(0, 200)}`);
  };
  const keys = (value: Fields, ...allowed: string[]) => {
    for (const key of Object.keys(value))
      refuse(value[key] !== undefined && !allowed.includes(key), `extra field ${key}`, value);
  };
  return { objections, refuse, keys };
}

/** Calls of one message are answered in the next, each once, and nothing else is answered there. */
function sameIds(asked: unknown[], answered: unknown[]): boolean {
  return JSON.stringify(asked.toSorted()) === JSON.stringify(answered.toSorted());
}

/** Anthropic's Messages API. */
export function anthropicObjections({ messages }: AnthropicRequestBody, own: readonly string[]): string[] {
  const { objections, refuse, keys } = objector();
  const searches = new Set<unknown>();
  for (const [index, { role, content }] of messages.entries()) {
    refuse(role !== (index % 2 === 0 ? 'user' : 'assistant'), 'roles must alternate', role);
    refuse(content.length === 0, 'empty message', content);
    const uses = content.filter(({ type }) => type === 'tool_use').map(({ id }) => id);
    const results = list(messages[index + 1]?.content).filter(({ type }) => type === 'tool_result');
    if (role === 'assistant')
      refuse(
        !sameIds(
          uses,
          results.map(({ tool_use_id }) => tool_use_id),
        ),
        'calls and results',
        uses,
      );
    for (const { cache_control: _cache, ...block } of content) {
      switch (block.type) {
        case 'text':
          keys(block, 'type', 'text', 'citations');
          refuse(blank(block.text), 'text content blocks must be non-empty', block);
          break;
        case 'thinking':
          keys(block, 'type', 'thinking', 'signature');
          refuse(!own.includes(String(block.signature)), 'Invalid `signature` in `thinking` block', block);
          break;
        case 'tool_use':
          keys(block, 'type', 'id', 'name', 'input');
          refuse(!ID.test(String(block.id)), 'id', block);
          break;
        case 'server_tool_use':
          keys(block, 'type', 'id', 'name', 'input');
          refuse(!/^srvtoolu_[a-zA-Z0-9_]+$/.test(String(block.id)), 'id', block);
          searches.add(block.id);
          break;
        case 'web_search_tool_result':
          keys(block, 'type', 'tool_use_id', 'content');
          refuse(!searches.delete(block.tool_use_id), 'result without its search', block);
          break;
        case 'tool_result':
          keys(block, 'type', 'tool_use_id', 'content', 'is_error');
          break;
        case 'image':
        case 'document':
          keys(block, 'type', 'source', 'title');
          refuse(fields(block.source).type !== 'base64', 'source', block);
          break;
        default:
          refuse(true, 'unknown block', block);
      }
    }
  }
  refuse(searches.size > 0, 'searches without result', [...searches]);
  return objections;
}

/** Bedrock's Converse API. */
export function bedrockObjections({ messages }: BedrockRequestBody, own: readonly string[]): string[] {
  const { objections, refuse, keys } = objector();
  const documents = new Set<string>();
  for (const [index, { role, content }] of messages.entries()) {
    refuse(role !== (index % 2 === 0 ? 'user' : 'assistant'), 'roles must alternate', role);
    refuse(content.length === 0, 'empty message', content);
    const uses = content.flatMap(({ toolUse }) => (toolUse ? [fields(toolUse).toolUseId] : []));
    const results = list(messages[index + 1]?.content).flatMap(({ toolResult }) =>
      toolResult ? [fields(toolResult).toolUseId] : [],
    );
    if (role === 'assistant') refuse(!sameIds(uses, results), 'calls and results', uses);
    for (const block of content) {
      keys(block, 'text', 'image', 'document', 'toolUse', 'toolResult', 'reasoningContent', 'cachePoint');
      refuse('text' in block && blank(block.text), 'must contain non-whitespace text', block);
      if (block.toolUse) {
        keys(fields(block.toolUse), 'toolUseId', 'name', 'input');
        refuse(!ID.test(String(fields(block.toolUse).toolUseId)), 'toolUseId', block);
      }
      if (block.document) {
        const name = String(fields(block.document).name);
        refuse(!/^[a-zA-Z0-9()[\]-]+( [a-zA-Z0-9()[\]-]+)*$/.test(name), 'document name', name);
        refuse(documents.has(name.toLowerCase()), 'Messages can’t contain duplicate document names', name);
        documents.add(name.toLowerCase());
        refuse(!content.some((other) => 'text' in other), 'a document needs a text beside it', block);
      }
      if (block.reasoningContent) {
        const { signature } = fields(fields(block.reasoningContent).reasoningText);
        refuse(!own.includes(String(signature)), 'signature', block);
      }
    }
  }
  return objections;
}

/** OpenAI's Responses API, asked to store nothing. */
export function openaiObjections({ input, store }: OpenAIRequestBody, own: readonly string[]): string[] {
  const { objections, refuse, keys } = objector();
  const open = new Set<unknown>();
  refuse(store !== false, 'store', store);
  for (const item of input) {
    if (item.role === 'assistant') {
      keys(item, 'role', 'content', 'phase');
      refuse(blank(item.content), 'content', item);
    } else if (item.role !== undefined) {
      keys(item, 'role', 'content');
      if (item.role === 'user')
        for (const part of list(item.content)) {
          if (part.type === 'input_text') refuse(blank(part.text), 'text', part);
          else if (part.type === 'input_file') keys(part, 'type', 'filename', 'file_data');
          else refuse(part.type !== 'input_image', 'unknown part', part);
        }
    } else if (item.type === 'function_call') {
      keys(item, 'type', 'id', 'call_id', 'name', 'arguments', 'status');
      refuse(item.id !== undefined && !/^fc_/.test(String(item.id)), 'id', item);
      refuse(!ID.test(String(item.call_id)), 'call_id', item);
      open.add(item.call_id);
    } else if (item.type === 'function_call_output') {
      keys(item, 'type', 'call_id', 'output');
      refuse(!open.delete(item.call_id), 'No tool call found for function call output', item);
    } else if (item.type === 'reasoning') {
      keys(item, 'type', 'id', 'encrypted_content', 'summary');
      refuse(!own.includes(String(item.encrypted_content)), 'invalid_encrypted_content', item);
    } else refuse(true, 'unknown item', item);
  }
  refuse(open.size > 0, 'No tool output found for function call', [...open]);
  return objections;
}

/** Chat completions, as the strictest of the servers that speak them. */
export function chatObjections({ messages }: CompletionRequest['body'], own: readonly string[]): string[] {
  const { objections, refuse, keys } = objector();
  for (const [index, message] of messages.entries()) {
    keys(message, 'role', 'content', 'tool_calls', 'tool_call_id', 'reasoning_content');
    const reasoning = fields(message).reasoning_content;
    refuse(reasoning !== undefined && !own.includes(String(reasoning)), 'reasoning_content', message);
    const calls = list(message.tool_calls);
    if (message.role === 'assistant') {
      refuse(blank(message.content) && calls.length === 0, 'content', message);
      const results = messages.slice(index + 1).findIndex(({ role }) => role !== 'tool');
      const behind = messages.slice(index + 1, results < 0 ? undefined : index + 1 + results);
      refuse(
        !sameIds(
          calls.map(({ id }) => id),
          behind.map(({ tool_call_id }) => tool_call_id),
        ),
        'calls',
        message,
      );
    }
    for (const call of calls) {
      keys(call, 'id', 'type', 'function');
      refuse(blank(call.id) || String(call.id).length > 40, 'maximum length 40', call);
    }
    if (message.role === 'user')
      for (const part of list(message.content))
        refuse(!['text', 'image_url', 'file'].includes(String(part.type)), 'unknown part', part);
  }
  return objections;
}
