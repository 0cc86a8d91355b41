import type { Command } from 'commander';
import { stopTurn } from '../core/turns/stop.ts';
import type { Deployment } from './deployment.ts';
import { describeTurn } from './describe-turn.ts';
import { findTurn, readTurn } from './read-turn.ts';
import { OPERATOR, stopText } from './sessions.ts';
import { findDeployment, onStack, type StackOptions, type Told, tell } from './stack-command.ts';

const codes = '\nExit codes: 0 done, 1 refused as things stand, 2 wrong usage, 3 no stack or no such turn.';

/** `turns …` */
export function addTurnCommands(program: Command): void {
  const turns = program.command('turns').description('Looks at turns and acts on them').exitOverride();

  onStack(turns, 'show <turn>')
    .description('Shows a turn: its state, its steps and what they used, its calls, feedback')
    .addHelpText('after', codes)
    .action(async (turnId: string, options: StackOptions) => {
      const told = await readTurn(await findDeployment(options), turnId);
      tell(options, { json: told, text: describeTurn(told) });
    });

  onStack(turns, 'stop <turn>')
    .description('Stops a turn; what waits behind it goes on')
    .addHelpText('after', codes)
    .action(async (turnId: string, options: StackOptions) =>
      tell(options, await stopOneTurn(await findDeployment(options), turnId)),
    );
}

/** Stops a turn by its id. */
export async function stopOneTurn(deployment: Deployment, turnId: string): Promise<Told> {
  await findTurn(deployment, turnId);
  const outcome = await stopTurn(deployment, { turnId, by: OPERATOR });
  return { json: { turnId, outcome }, ...stopText(outcome) };
}
