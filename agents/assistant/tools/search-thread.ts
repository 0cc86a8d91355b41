import { z } from 'zod';
import { defineTool } from '../../../core/index.ts';
import { searchTerms } from '../fold-text.ts';
import { inSlackWords } from '../slack-words.ts';
import { searchReplies } from '../thread-search.ts';

/** Where in the thread something was said. */
export const searchThread = defineTool({
  name: 'search_thread',
  description:
    'Searches the Slack thread you were called in for messages that have all the given words, in any case and with or without accents, and returns the newest matches with author, time and the messages around them. Use it in long threads instead of reading everything: for a decision, a name, a link, a number. Words are found as parts of longer words; try other words when nothing is found.',
  input: z.object({
    query: z
      .string()
      .trim()
      .min(1)
      .max(200)
      .describe('Words that must all be in a message; "words in quotation marks" must stand together'),
    limit: z
      .number()
      .int()
      .min(1)
      .max(30)
      .optional()
      .describe('How many of the newest matches; 10 by default'),
    neighbours: z
      .number()
      .int()
      .min(0)
      .max(5)
      .optional()
      .describe('How many messages before and after each match; 2 by default'),
  }),
  effect: 'read',
  run: async ({ query, limit = 10, neighbours = 2 }, context) => {
    const terms = searchTerms(query);
    if (terms.length === 0) throw new Error('There is no word to search for; give one.');
    try {
      return await searchReplies(context, terms, { matches: limit, neighbours });
    } catch (error) {
      throw inSlackWords(error);
    }
  },
});
