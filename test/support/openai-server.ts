import { startWireServer, type WireReply, type WireServer } from './wire-server.ts';

/** An item of the answer, as OpenAI's Responses API streams it. */
export type OpenAIItem =
  | { type: 'text'; id: string; text: string; citations?: readonly { url: string; title: string }[] }
  | { type: 'reasoning'; id: string; encrypted: string }
  | { type: 'function_call'; id: string; callId: string; name: string; arguments: object }
  | { type: 'web_search'; id: string; query: string; urls: readonly string[] };

/** What the server answers. Without `status` it streams. */
export interface OpenAIReply {
  status?: number;
  headers?: Record<string, string>;
  /** The `error` object of an error answer, or of the failure that ends the stream. */
  error?: { message: string; type?: string; code?: string | null; param?: string | null };
  items?: readonly OpenAIItem[];
  usage?: { input: number; output: number; cached?: number; reasoning?: number };
}

/** The parts of a request that tests look at. */
export interface OpenAIRequestBody {
  model: string;
  input: readonly Record<string, unknown>[];
  tools?: readonly Record<string, unknown>[];
  store?: boolean;
  include?: readonly string[];
  reasoning?: unknown;
  prompt_cache_key?: string;
  max_output_tokens?: number;
}

/** A server on loopback that speaks OpenAI's Responses API (`/v1/responses`, streamed) and says what a test scripts. */
export async function startOpenAIServer(
  script: (index: number) => OpenAIReply,
): Promise<WireServer<OpenAIRequestBody>> {
  const server = await startWireServer<OpenAIRequestBody>('/v1/responses', (_request, index) =>
    toReply(script(index), index),
  );
  return { ...server, baseUrl: `${server.baseUrl}/v1` };
}

function toReply({ status, headers, error, items = [], usage }: OpenAIReply, index: number): WireReply {
  if (status !== undefined) return { status, ...(headers ? { headers } : {}), json: { error } };
  let sequence_number = 0;
  const event = (type: string, fields: object) => ({
    data: { type, sequence_number: sequence_number++, ...fields },
  });
  const response = { id: `resp_${index}`, created_at: 0, model: 'scripted' };
  const events = [event('response.created', { response })];
  for (const [output_index, item] of items.entries()) {
    const { added, between, done } = partsOf(item);
    events.push(event('response.output_item.added', { output_index, item: added }));
    for (const { type, ...fields } of between) events.push(event(type, { output_index, ...fields }));
    events.push(event('response.output_item.done', { output_index, item: done }));
  }
  if (error) events.push(event('response.failed', { response: { ...response, error } }));
  else
    events.push(
      event('response.completed', {
        response: {
          ...response,
          usage: {
            input_tokens: usage?.input ?? 1,
            input_tokens_details: { cached_tokens: usage?.cached ?? 0 },
            output_tokens: usage?.output ?? 1,
            output_tokens_details: { reasoning_tokens: usage?.reasoning ?? 0 },
          },
        },
      }),
    );
  return { events };
}

interface ItemParts {
  added: object;
  between: { type: string; [field: string]: unknown }[];
  done: object;
}

function partsOf(item: OpenAIItem): ItemParts {
  const { id } = item;
  switch (item.type) {
    case 'text': {
      const message = { type: 'message', id, role: 'assistant', status: 'completed' };
      const annotations = (item.citations ?? []).map((citation) => ({
        type: 'url_citation',
        start_index: 0,
        end_index: 1,
        ...citation,
      }));
      return {
        added: { ...message, content: [] },
        between: [
          { type: 'response.output_text.delta', item_id: id, content_index: 0, delta: item.text },
          ...annotations.map((annotation, annotation_index) => ({
            type: 'response.output_text.annotation.added',
            item_id: id,
            content_index: 0,
            annotation_index,
            annotation,
          })),
        ],
        done: { ...message, content: [{ type: 'output_text', text: item.text, annotations, logprobs: [] }] },
      };
    }
    case 'reasoning': {
      const reasoning = { type: 'reasoning', id, summary: [], encrypted_content: item.encrypted };
      return { added: reasoning, between: [], done: reasoning };
    }
    case 'function_call': {
      const json = JSON.stringify(item.arguments);
      const call = { type: 'function_call', id, call_id: item.callId, name: item.name };
      return {
        added: { ...call, arguments: '' },
        between: [{ type: 'response.function_call_arguments.delta', item_id: id, delta: json }],
        done: { ...call, arguments: json, status: 'completed' },
      };
    }
    case 'web_search': {
      const search = { type: 'web_search_call', id };
      const sources = item.urls.map((url) => ({ type: 'url', url }));
      const action = { type: 'search', query: item.query, sources };
      return {
        added: { ...search, status: 'in_progress' },
        between: [],
        done: { ...search, status: 'completed', action },
      };
    }
  }
}
