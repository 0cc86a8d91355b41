import { z } from 'zod';
import { defineTool } from '../../../core/index.ts';
import { inSlackWords } from '../slack-words.ts';
import { readNewest } from '../thread.ts';

/** What was said in the thread, also by those who did not call the agent. */
export const readThread = defineTool({
  name: 'read_thread',
  description:
    'Reads the Slack thread you were called in: who wrote what and when, oldest first. Gives the newest messages where the thread is long. Use it when the question is about the thread or needs it to be understood.',
  input: z.object({
    limit: z
      .number()
      .int()
      .min(1)
      .max(200)
      .optional()
      .describe('How many of the newest messages; 50 by default'),
  }),
  effect: 'read',
  run: async ({ limit = 50 }, context) => {
    try {
      return await readNewest(context, limit);
    } catch (error) {
      throw inSlackWords(error);
    }
  },
});
