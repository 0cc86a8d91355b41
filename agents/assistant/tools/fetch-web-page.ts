import { z } from 'zod';
import { defineTool } from '../../../core/index.ts';
import { readWebPage } from '../web/web-page.ts';

/** What stands on a page of the public internet. */
export const fetchWebPage = defineTool({
  name: 'fetch_web_page',
  title: 'Read web page',
  description:
    'Reads one public web page and returns its text as Markdown, with its title and links. Use it when somebody gives a link, or when a page that you know of has the answer. Reads HTML, plain text, Markdown, JSON and XML; no sign-in, no scripts, no files such as PDF. Long pages come in parts: go on with `from`.',
  input: z.object({
    url: z
      .string()
      .trim()
      .min(1)
      .max(4_000)
      .describe('The whole address, such as https://example.com/page; one that you were given or have read'),
    from: z
      .number()
      .int()
      .min(0)
      .optional()
      .describe('To read on: the `next` of the part before; leave it out for the beginning'),
  }),
  effect: 'read',
  timeoutMs: 30_000,
  run: ({ url, from = 0 }, { signal }) => readWebPage({ url, from }, { signal }),
});
