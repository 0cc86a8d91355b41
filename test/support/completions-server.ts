import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as it came over HTTP. */
export interface CompletionRequest {
  authorization: string | undefined;
  body: {
    model: string;
    messages: { role: string; content?: unknown; tool_calls?: unknown; tool_call_id?: string }[];
    tools?: { function: { name: string; description?: string; parameters: unknown } }[];
  };
}

/** What the server answers. Without `status` it streams; fields are sent in the order they stand here. */
export interface CompletionReply {
  /** Answers with this status and `error` instead of a stream. */
  status?: number;
  headers?: Record<string, string>;
  /** With `status`: a web page instead of an error object, as proxies send it. */
  page?: string;
  /** The `error` object of an error answer, or an error in the middle of the stream, after the text. */
  error?: { message: string; type?: string; code?: string };
  reasoning?: string;
  /** One delta each. */
  text?: string | readonly string[];
  /** Text behind it, each delta sent when it comes. */
  flow?: AsyncIterable<string>;
  /** Arguments as JSON, or as text to be sent as it is. */
  toolCalls?: readonly { id?: string; name: string; arguments: unknown }[];
  /** Waits between deltas, in milliseconds. */
  delayMs?: number;
  /** Waited for when all deltas were sent, unless the caller hangs up. */
  hold?: Promise<unknown>;
  /** Breaks the connection instead of ending the answer, or before anything of it was sent. */
  cut?: boolean | 'at once';
  /** `null` ends the stream without one. */
  finishReason?: string | null;
  usage?: { prompt_tokens: number; completion_tokens: number };
}

export interface CompletionsServer extends AsyncDisposable {
  /** What `modelBaseUrl` is set to. */
  baseUrl: string;
  /** All requests so far. */
  requests: readonly CompletionRequest[];
  close(): Promise<void>;
}

/** @param index how many requests came before */
export type CompletionScript = (
  request: CompletionRequest,
  index: number,
) => CompletionReply | Promise<CompletionReply>;

/**
 * A server on loopback that speaks OpenAI's streamed chat completions and says what a test scripts. Anything but
 * `POST /v1/chat/completions` is answered 404.
 */
export async function startCompletionsServer(script: CompletionScript): Promise<CompletionsServer> {
  const requests: CompletionRequest[] = [];
  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ error: { message: `the test's script failed: ${String(error)}` } }));
    });
  });
  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method !== 'POST' || request.url !== '/v1/chat/completions') {
      response.writeHead(404, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ error: { message: 'not found' } }));
      return;
    }
    const received = {
      authorization: request.headers.authorization,
      body: JSON.parse(await textOf(request)),
    };
    const index = requests.push(received) - 1;
    await answer(response, await script(received, index), `chatcmpl-${index}`);
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = async () => {
    server.closeAllConnections();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  };
  return { baseUrl: `http://127.0.0.1:${port}/v1`, requests, close, [Symbol.asyncDispose]: close };
}

async function answer(response: ServerResponse, reply: CompletionReply, id: string): Promise<void> {
  if (reply.cut === 'at once') {
    response.destroy();
    return;
  }
  if (reply.status !== undefined && reply.page !== undefined) {
    response.writeHead(reply.status, { 'content-type': 'text/html', ...reply.headers });
    response.end(reply.page);
    return;
  }
  if (reply.status !== undefined) {
    response.writeHead(reply.status, { 'content-type': 'application/json', ...reply.headers });
    response.end(JSON.stringify({ error: reply.error ?? { message: 'scripted' } }));
    return;
  }
  response.writeHead(200, { 'content-type': 'text/event-stream', ...reply.headers });
  const send = (data: unknown) => response.write(`data: ${JSON.stringify(data)}\n\n`);
  const choice = (delta: object, finish_reason: string | null = null) =>
    send({
      id,
      object: 'chat.completion.chunk',
      created: 0,
      model: 'scripted',
      choices: [{ index: 0, delta, finish_reason }],
    });
  for await (const delta of deltasOf(reply)) {
    if (response.destroyed) return;
    choice(delta);
    if (reply.delayMs) await new Promise((resolve) => setTimeout(resolve, reply.delayMs));
  }
  if (reply.hold) await Promise.race([reply.hold, new Promise((resolve) => response.once('close', resolve))]);
  if (reply.cut) {
    response.destroy();
    return;
  }
  if (reply.error) send({ error: reply.error });
  else if (reply.finishReason !== null) {
    choice({}, reply.finishReason ?? (reply.toolCalls ? 'tool_calls' : 'stop'));
    if (reply.usage)
      send({
        id,
        object: 'chat.completion.chunk',
        created: 0,
        model: 'scripted',
        choices: [],
        usage: reply.usage,
      });
  }
  response.end('data: [DONE]\n\n');
}

/** Arguments of a tool call come in two halves, as from a real server. */
async function* deltasOf({
  reasoning,
  text = [],
  flow,
  toolCalls = [],
}: CompletionReply): AsyncGenerator<object> {
  yield { role: 'assistant' };
  if (reasoning) yield { reasoning_content: reasoning };
  for (const content of typeof text === 'string' ? [text] : text) yield { content };
  if (flow) for await (const content of flow) yield { content };
  for (const [index, { id, name, arguments: input }] of toolCalls.entries()) {
    const json = typeof input === 'string' ? input : JSON.stringify(input);
    const middle = Math.floor(json.length / 2);
    const first = {
      index,
      id: id ?? `call_${index}`,
      type: 'function',
      function: { name, arguments: json.slice(0, middle) },
    };
    yield { tool_calls: [first] };
    yield { tool_calls: [{ index, function: { arguments: json.slice(middle) } }] };
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}
