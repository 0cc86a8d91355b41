import { startWireServer, type WireReply, type WireServer } from './wire-server.ts';

/** A block of the answer, as Anthropic's Messages API streams it. */
export type AnthropicBlock =
  | { type: 'text'; text: string; citations?: readonly { url: string; title: string }[] }
  | { type: 'thinking'; thinking: string; signature: string }
  | { type: 'tool_use'; id: string; name: string; input: object }
  | { type: 'search'; id: string; query: string }
  | { type: 'search_result'; id: string; pages: readonly { url: string; title: string; secret: string }[] }
  | { type: 'search_error'; id: string; code: string };

/** What the server answers. Without `status` it streams. */
export interface AnthropicReply {
  status?: number;
  headers?: Record<string, string>;
  /** The `error` object of an error answer, or of an error event behind the blocks. */
  error?: { type: string; message: string };
  blocks?: readonly AnthropicBlock[];
  stopReason?: string;
  usage?: { input: number; output: number; cacheRead?: number; cacheWrite?: number };
}

/** The parts of a request that tests look at. */
export interface AnthropicRequestBody {
  model: string;
  max_tokens: number;
  system?: readonly { type: string; text: string; cache_control?: unknown }[];
  messages: readonly { role: string; content: readonly Record<string, unknown>[] }[];
  tools?: readonly Record<string, unknown>[];
  thinking?: unknown;
  output_config?: unknown;
}

/** A server on loopback that speaks Anthropic's Messages API (`/v1/messages`, streamed) and says what a test scripts. */
export async function startAnthropicServer(
  script: (index: number) => AnthropicReply,
): Promise<WireServer<AnthropicRequestBody>> {
  const server = await startWireServer<AnthropicRequestBody>('/v1/messages', (_request, index) =>
    toReply(script(index), index),
  );
  return { ...server, baseUrl: `${server.baseUrl}/v1` };
}

function toReply(reply: AnthropicReply, index: number): WireReply {
  const { status, headers, error, blocks = [], usage } = reply;
  if (status !== undefined)
    return { status, ...(headers ? { headers } : {}), json: { type: 'error', error, request_id: 'req_1' } };
  const event = (type: string, fields: object = {}) => ({ event: type, data: { type, ...fields } });
  const start = event('message_start', {
    message: {
      id: `msg_${index}`,
      type: 'message',
      role: 'assistant',
      model: 'scripted',
      content: [],
      stop_reason: null,
      stop_sequence: null,
      usage: {
        input_tokens: usage?.input ?? 1,
        cache_read_input_tokens: usage?.cacheRead ?? 0,
        cache_creation_input_tokens: usage?.cacheWrite ?? 0,
        output_tokens: 1,
      },
    },
  });
  const content = blocks.flatMap((block, place) => {
    const { first, deltas } = partsOf(block);
    return [
      event('content_block_start', { index: place, content_block: first }),
      ...deltas.map((delta) => event('content_block_delta', { index: place, delta })),
      event('content_block_stop', { index: place }),
    ];
  });
  if (error) return { events: [start, ...content, event('error', { error })] };
  const stopReason = reply.stopReason ?? (blocks.at(-1)?.type === 'tool_use' ? 'tool_use' : 'end_turn');
  return {
    events: [
      start,
      ...content,
      event('message_delta', {
        delta: { stop_reason: stopReason, stop_sequence: null },
        usage: { output_tokens: usage?.output ?? 1 },
      }),
      event('message_stop'),
    ],
  };
}

/** How a block begins, and what comes after; JSON comes in two halves, as from the real server. */
function partsOf(block: AnthropicBlock): { first: object; deltas: object[] } {
  const json = (input: object) => {
    const text = JSON.stringify(input);
    const middle = Math.floor(text.length / 2);
    return [text.slice(0, middle), text.slice(middle)].map((partial_json) => ({
      type: 'input_json_delta',
      partial_json,
    }));
  };
  switch (block.type) {
    case 'text':
      return {
        first: { type: 'text', text: '' },
        deltas: [
          { type: 'text_delta', text: block.text },
          ...(block.citations ?? []).map((citation) => ({
            type: 'citations_delta',
            citation: {
              type: 'web_search_result_location',
              cited_text: 'x',
              encrypted_index: 'index-only-for-the-provider',
              ...citation,
            },
          })),
        ],
      };
    case 'thinking':
      return {
        first: { type: 'thinking', thinking: '' },
        deltas: [
          { type: 'thinking_delta', thinking: block.thinking },
          { type: 'signature_delta', signature: block.signature },
        ],
      };
    case 'tool_use':
      return {
        first: { type: 'tool_use', id: block.id, name: block.name, input: {} },
        deltas: json(block.input),
      };
    case 'search':
      return {
        first: { type: 'server_tool_use', id: block.id, name: 'web_search', input: {} },
        deltas: json({ query: block.query }),
      };
    case 'search_result': {
      const content = block.pages.map(({ url, title, secret }) => ({
        type: 'web_search_result',
        url,
        title,
        encrypted_content: secret,
        page_age: null,
      }));
      return { first: { type: 'web_search_tool_result', tool_use_id: block.id, content }, deltas: [] };
    }
    case 'search_error': {
      const content = { type: 'web_search_tool_result_error', error_code: block.code };
      return { first: { type: 'web_search_tool_result', tool_use_id: block.id, content }, deltas: [] };
    }
  }
}
