import { requestTable } from './help.ts';
import { announcing } from './requests/announcing.ts';
import { answering } from './requests/answering.ts';
import { attaching } from './requests/attaching.ts';
import { failing } from './requests/failing.ts';
import { knowing } from './requests/knowing.ts';
import { usingTools } from './requests/using-tools.ts';
import type { DemoRequest } from './script.ts';

const help: DemoRequest = {
  ask: 'help',
  shows: 'this table',
  pattern: /\bhelp\b|\bwhat can you (?:do|show)\b/i,
  script: () => ({
    answer: () =>
      `I am the demo model and follow a script. Requests can be combined in one message.\n\n${requestTable(demoRequests)}`,
  }),
};

/** Everything the demo model understands. One entry is a whole feature: pattern, words for people, script. */
export const demoRequests: readonly DemoRequest[] = [
  ...usingTools,
  ...announcing,
  ...attaching,
  ...failing,
  ...answering,
  ...knowing,
  help,
];
