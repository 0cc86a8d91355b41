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
 * A copy of the project with one file changed: what is deployed of it is the product, but for that.
 *
 * @param file its path in the project
 * @param content what stands in it
 * @returns the CDK app's command
 */
export function copyProject(root: string, file: string, content: string): string {
  rmSync(root, { recursive: true, force: true });
  mkdirSync(root, { recursive: true });
  for (const part of parts) cpSync(join(projectRoot, part), join(root, part), { recursive: true });
  symlinkSync(join(projectRoot, 'node_modules'), join(root, 'node_modules'));
  writeFileSync(join(root, file), content);
  return `node ${join(root, 'infra', 'app.ts')}`;
}

/** Where the agent stands that a copy has another one of. */
export const agentFile = 'agents/assistant/agent.ts';
