import { cpSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../local/places.ts';

const parts = [
  'agents',
  'core',
  'functions',
  'infra',
  'statemachines',
  'package.json',
  'tsconfig.json',
  'cdk.json',
];

/**
 * A copy of the project with another agent: what is deployed of it is the product, but for the agent.
 *
 * @param agentSource what stands in `agents/assistant/agent.ts`
 * @returns the CDK app's command
 */
export function copyProject(root: string, agentSource: string): string {
  rmSync(root, { recursive: true, force: true });
  mkdirSync(root, { recursive: true });
  for (const part of parts) cpSync(join(projectRoot, part), join(root, part), { recursive: true });
  symlinkSync(join(projectRoot, 'node_modules'), join(root, 'node_modules'));
  writeFileSync(join(root, 'agents', 'assistant', 'agent.ts'), agentSource);
  return `node ${join(root, 'infra', 'app.ts')}`;
}
