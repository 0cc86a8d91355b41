#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { LocalError } from '../local/local-error.ts';
import { CliError, exitCodes } from './cli-error.ts';
import { examine } from './doctor.ts';
import { install } from './install.ts';
import { createManifest } from './manifest.ts';
import { addSessionCommands } from './sessions.ts';
import { onStack } from './stack-command.ts';
import { findTarget } from './target.ts';
import { addTurnCommands } from './turns.ts';

const json = (value: unknown): void => console.log(JSON.stringify(value, null, 2));

const program = new Command('sluice')
  .description('Looks after a deployment of Sluice')
  .exitOverride()
  .addHelpText(
    'after',
    '\nExit codes: 0 done, 1 failed or something to do, 2 wrong usage, 3 no stack or nothing of that name, 4 Slack refused.',
  );

onStack(program, 'install')
  .description('Puts a workspace in by its bot token')
  .requiredOption('--team <id>', "the workspace's id (T…), or the organisation's (E…)")
  .option(
    '--bot-token <token>',
    'bot token (xoxb-…); better in SLUICE_BOT_TOKEN, where shells do not keep it',
  )
  .option('--app <id>', "the app's id (A…); Slack is asked where it is not given")
  .addHelpText('after', '\nExit codes: 0 done, 2 wrong usage, 3 no stack, 4 Slack refused.')
  .action(async (options) => {
    const botToken: unknown = options.botToken ?? process.env.SLUICE_BOT_TOKEN;
    if (typeof botToken !== 'string' || botToken === '')
      throw new CliError(exitCodes.usage, 'Give the bot token with --bot-token or in SLUICE_BOT_TOKEN.');
    const { appId, installationId, teamName, botUserId, scopes } = await install(await findTarget(options), {
      ...options,
      botToken,
    });
    if (options.json) json({ appId, installationId, teamName, botUserId, scopes });
    else console.log(`${teamName} (${installationId}) is in: app ${appId}, bot user ${botUserId}.`);
  });

onStack(program, 'doctor')
  .description('Checks settings, stack, API, secrets and workspaces, and says what to do')
  .addHelpText('after', '\nExit codes: 0 all is well, 1 something to do, 2 wrong usage.')
  .action(async (options) => {
    const findings = await examine(options);
    if (options.json) json(findings);
    else
      for (const { check, ok, found, todo } of findings)
        console.log(`${ok ? 'ok  ' : 'TODO'} ${check}: ${found}${todo ? `\n       ${todo}` : ''}`);
    if (findings.some(({ ok }) => !ok)) process.exitCode = exitCodes.failed;
  });

onStack(program, 'manifest')
  .description("Prints the Slack app's manifest for the deployed addresses (always JSON)")
  .option('--name <name>', 'what people call the agent', 'Sluice')
  .addHelpText('after', '\nExit codes: 0 done, 2 wrong usage, 3 no stack.')
  .action(async (options) => {
    const { apiUrl } = await findTarget(options);
    json(createManifest({ apiUrl, name: options.name }));
  });

addSessionCommands(program);
addTurnCommands(program);

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : exitCodes.usage;
  else if (error instanceof CliError) {
    console.error(error.message);
    process.exitCode = error.exitCode;
  } else if (error instanceof LocalError) {
    console.error(error.message);
    process.exitCode = exitCodes.noStack;
  } else throw error;
}
