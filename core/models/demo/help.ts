import type { DemoRequest } from './script.ts';

/** What the demo model says when it is asked for nothing that it knows. */
export const greeting =
  'Hello! I am the demo model: I need no key and follow a script. Try “use 5 tools”, “ask me”, “what is 12*(3+4)”, “read the thread” or “long answer”, or say “help” for all that I can show.';

/** The table of requests as Markdown: the demo model's help, and the table in docs/agents-and-tools.md. */
export function requestTable(requests: readonly DemoRequest[]): string {
  const rows = requests.map(({ ask, shows }) => `| \`${ask}\` | ${shows} |`);
  return ['| say | and see |', '| --- | --- |', ...rows].join('\n');
}
