import { z } from 'zod';
import { type Bodies, isAbsent } from '../store/bodies.ts';
import { type AnyTool, makeTool } from './define-tool.ts';
import { partOf } from './limit-output.ts';
import { resultLimitBytes } from './result-limits.ts';

export interface ReadOutputDeps {
  bodies: Pick<Bodies, 'get'>;
  /** The window of the model that reads, where it is known. */
  contextTokens?: number | undefined;
}

const DEFAULT_BYTES = 16 * 1024;
/** For the line that says where a part stands. */
const HEADING_BYTES = 256;

/** `<turn>/<fence>-<call>`. */
const refPattern = /^\w{1,64}\/\d{1,9}-[\w-]{1,64}$/;

/**
 * Where a result's whole stands in the bucket. The session is no part of what a model names, so that no ref leads
 * into another conversation.
 *
 * @param ref `<turn>/<fence>-<call>`, as a shortened result names it
 */
export const outputKey = (sessionId: string, ref: string): string => `outputs/${sessionId}/${ref}`;

/**
 * The built-in tool that reads what was left out of a long result. It gives text, under a line that says where it
 * stands and how to go on; parts never exceed what one result may take (capability 58).
 */
export function readOutputTool({ bodies, contextTokens }: ReadOutputDeps): AnyTool {
  const most = resultLimitBytes(contextTokens) - HEADING_BYTES;
  return makeTool({
    name: 'read_output',
    title: 'Read the rest of a result',
    description:
      'Reads a part of a tool result that was too long to be given whole. Use it only when a result says that bytes of it are left out and those matter; take `ref` from there.',
    input: z.object({
      ref: z.string().describe('As the shortened result names it'),
      offset: z.number().int().min(0).default(0).describe('Byte to begin at'),
      length: z.number().int().min(1).default(DEFAULT_BYTES).describe(`Bytes to read, at most ${most}`),
    }),
    effect: 'read',
    run: async ({ ref, offset, length }, { session }) => {
      const text = refPattern.test(ref)
        ? await wholeOf(bodies, outputKey(session.sessionId, ref))
        : undefined;
      if (text === undefined)
        throw new Error(
          `there is no stored result “${ref}” in this conversation. Use a ref exactly as a shortened result names it.`,
        );
      const part = partOf(text, offset, Math.min(length, most));
      if (part.from >= part.bytes) return `[This result has ${part.bytes} bytes; nothing is behind them.]`;
      const next = part.to < part.bytes ? `go on with offset ${part.to}` : 'this is its end';
      return `[Bytes ${part.from} to ${part.to} of ${part.bytes}; ${next}.]\n${part.text}`;
    },
  });
}

async function wholeOf(bodies: ReadOutputDeps['bodies'], key: string): Promise<string | undefined> {
  try {
    const body = await bodies.get(key);
    return typeof body === 'string' ? body : undefined;
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  }
}
