import { z } from 'zod';
import { defineTool } from '../../../core/index.ts';

/** More than that no model writes in one answer. */
const CONTENT_LIMIT = 200_000;

/** What is better saved than read in a thread: a table for a spreadsheet, a script, a long text. */
export const createFile = defineTool({
  name: 'create_file',
  description:
    'Adds a text file to your answer; it is uploaded into the thread behind it, so do not repeat its content. Use it for what people want to save or open elsewhere, such as CSV, JSON, Markdown or code; not for what reads well in the answer itself.',
  input: z.object({
    name: z.string().trim().min(3).max(100).describe('With the ending of its kind, for example "orders.csv"'),
    content: z.string().min(1).max(CONTENT_LIMIT).describe('The whole text of the file'),
  }),
  effect: 'read',
  run: async ({ name, content }, { attach }) => {
    await attach({ kind: 'file', name, content });
    return { added: name };
  },
});
