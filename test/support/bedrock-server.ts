import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { eventStreamFrame } from './event-stream.ts';

/** A block of the answer, as the Converse API streams it. */
export type BedrockBlock =
  | { text: string }
  | { reasoning: string; signature: string }
  | { toolUseId: string; name: string; input: object };

/** The parts of a request that tests look at. */
export interface BedrockRequestBody {
  messages: readonly { role: string; content: readonly Record<string, unknown>[] }[];
}

/** A server on loopback that answers each request of ConverseStream with the blocks that a test scripts. */
export async function startBedrockServer(script: (index: number) => readonly BedrockBlock[]) {
  const requests: { body: BedrockRequestBody }[] = [];
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const blocks = script(requests.push({ body: JSON.parse(Buffer.concat(parts).toString()) }) - 1);
    response.writeHead(200, { 'content-type': 'application/vnd.amazon.eventstream' });
    response.end(Buffer.concat(framesOf(blocks)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = async () => {
    server.closeAllConnections();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  };
  return { baseUrl: `http://127.0.0.1:${port}`, requests, close };
}

function framesOf(blocks: readonly BedrockBlock[]): Buffer[] {
  const frame = (type: string, payload: object) => eventStreamFrame(type, payload);
  const called = blocks.some((block) => 'toolUseId' in block);
  return [
    frame('messageStart', { role: 'assistant' }),
    ...blocks.flatMap((block, contentBlockIndex) => {
      const delta = (payload: object) => frame('contentBlockDelta', { contentBlockIndex, delta: payload });
      const stop = frame('contentBlockStop', { contentBlockIndex });
      if ('text' in block) return [delta({ text: block.text }), stop];
      if ('reasoning' in block) {
        const { reasoning: text, signature } = block;
        return [delta({ reasoningContent: { text } }), delta({ reasoningContent: { signature } }), stop];
      }
      const { toolUseId, name, input } = block;
      const toolUse = { toolUseId, name };
      return [
        frame('contentBlockStart', { contentBlockIndex, start: { toolUse } }),
        delta({ toolUse: { input: JSON.stringify(input) } }),
        stop,
      ];
    }),
    frame('messageStop', { stopReason: called ? 'tool_use' : 'end_turn' }),
    frame('metadata', { usage: { inputTokens: 1, outputTokens: 1, totalTokens: 2 } }),
  ];
}
