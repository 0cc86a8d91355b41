import type { Command } from 'commander';
import { CliError, exitCodes } from './cli-error.ts';
import { type Deployment, deploymentOf } from './deployment.ts';
import { findTarget, type TargetOptions } from './target.ts';

export type StackOptions = TargetOptions & { json?: boolean };

/** A command with what every one of them takes to know the deployment it works on. */
export function onStack(parent: Command, name: string): Command {
  return parent
    .command(name)
    .exitOverride()
    .option('--local', 'the local stack instead of AWS')
    .option('--state-dir <dir>', 'state directory of the local stack (default: .local)')
    .option('--stack <name>', 'name of the stack on AWS', 'Sluice')
    .option('--region <region>', 'AWS region (default: as the AWS SDK finds it)')
    .option('--json', 'answer as JSON');
}

/** The deployment that the options name. @throws CliError */
export async function findDeployment(options: StackOptions): Promise<Deployment> {
  return deploymentOf(await findTarget(options));
}

/** What a command says when it is done. */
export interface Told {
  json: unknown;
  text: string;
  /** As things stand it could not be done. */
  refused?: boolean;
}

/** Prints for people, or as JSON; what was refused has its own exit code. */
export function tell({ json }: StackOptions, told: Told): void {
  console.log(json ? JSON.stringify(told.json, null, 2) : told.text);
  if (told.refused) process.exitCode = exitCodes.failed;
}

/** A count that an option gives. @throws CliError */
export function countOf(text: string, most: number): number {
  const count = Number(text);
  if (!/^\d+$/.test(text) || count < 1 || count > most)
    throw new CliError(exitCodes.usage, `--limit is ${text}; it must be a whole number from 1 to ${most}.`);
  return count;
}
