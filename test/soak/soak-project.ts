import { agentFile, copyProject } from '../support/copy-project.ts';

/**
 * A copy of the project whose agent has the soak's tools: what is deployed of it is the product, but for the agent.
 *
 * @param ledgerUrl where the tools tell of their effects
 * @returns the CDK app's command
 */
export function writeSoakProject(root: string, ledgerUrl: string): string {
  return copyProject(root, agentFile, agentSource(ledgerUrl));
}

const agentSource = (ledgerUrl: string): string => `
import { z } from 'zod';
import { defineAgent, defineTool } from '../../core/index.ts';

const input = z.object({ call: z.string() });

/** Tells of the effect where nothing that fails can forget it. */
async function had({ call }, { idempotencyKey }) {
  const body = JSON.stringify({ call, key: idempotencyKey });
  const response = await fetch(${JSON.stringify(ledgerUrl)}, { method: 'POST', body });
  if (!response.ok) throw new Error('The ledger did not take it.');
  return { call };
}

const tools = [
  defineTool({ name: 'note', description: 'Notes something, once.', input, effect: 'internal_write', run: had }),
  defineTool({ name: 'announce', description: 'Tells others.', input, effect: 'customer_facing', run: had }),
  defineTool({ name: 'look', description: 'Looks.', input, effect: 'read', run: async () => ({ seen: 'all is well' }) }),
  defineTool({
    name: 'fail',
    description: 'Breaks.',
    input,
    effect: 'read',
    run: async () => {
      throw new Error('The tool broke, as it should.');
    },
  }),
  defineTool({
    name: 'linger',
    description: 'Takes a while.',
    input,
    effect: 'read',
    run: async (_, { signal }) => {
      await new Promise((resolve) => setTimeout(resolve, 800));
      signal.throwIfAborted();
      return 'done after a while';
    },
  }),
];

export const assistant = defineAgent({
  name: 'assistant',
  instructions: 'Do what the plan says.',
  tools,
  approval: { autonomy: 'full_auto' },
});
`;
