import { join } from 'node:path';
import { projectRoot } from '../../local/places.ts';
import { agentFile, copyProject } from '../../test/support/copy-project.ts';

/** Writes the project with the bench's own agent. @returns the CDK app's command */
export const writeBenchProject = (): string =>
  copyProject(join(projectRoot, '.local', 'bench-relay-project'), agentFile, agentSource);

const agentSource = `
import { z } from 'zod';
import { defineAgent, defineTool } from '../../core/index.ts';

const tools = [
  defineTool({
    name: 'look_up',
    description: 'Looks something up.',
    input: z.object({ what: z.string(), wrong: z.boolean().optional() }),
    effect: 'read',
    run: async ({ what, wrong }) => {
      if (wrong) throw new Error('found no ' + what);
      return 'found ' + what;
    },
  }),
  defineTool({
    name: 'wait',
    description: 'Is silent for so many seconds.',
    input: z.object({ seconds: z.number() }),
    effect: 'read',
    timeoutMs: 600_000,
    run: async ({ seconds }, { signal }) => {
      await new Promise((resolve, reject) => {
        const timer = setTimeout(resolve, seconds * 1_000);
        signal.addEventListener('abort', () => {
          clearTimeout(timer);
          reject(signal.reason);
        });
      });
      return 'waited';
    },
  }),
];

export const assistant = defineAgent({
  name: 'assistant',
  instructions: 'Do what the script says.',
  tools,
  approval: { autonomy: 'full_auto' },
});
`;
