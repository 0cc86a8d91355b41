import type { Command } from 'commander';
import { type CompactionRequested, requestCompaction } from '../core/compaction/manual.ts';
import { renameSession } from '../core/sessions/rename-session.ts';
import { SlackCallError } from '../core/slack/api.ts';
import { stopTurn } from '../core/turns/stop.ts';
import { CliError, exitCodes } from './cli-error.ts';
import type { Deployment } from './deployment.ts';
import { describeSession, describeSessions } from './describe-session.ts';
import { findSession } from './find-session.ts';
import { listSessions, readSession } from './read-session.ts';
import { countOf, findDeployment, onStack, type StackOptions, type Told, tell } from './stack-command.ts';
import { lineOf } from './terminal-text.ts';

/** Who asks, in records that name a person. */
export const OPERATOR = 'sluice';
/** agents.sessions.rename takes 1 to 200 characters. */
const TITLE_LENGTH = 200;
const MOST = 1_000;

const naming =
  '\nA session is named by its id, a link to a message of its thread, or <channel id>:<thread ts>.';
const codes =
  '\nExit codes: 0 done, 1 refused as things stand, 2 wrong usage, 3 no stack or no such session.';

/** `sessions …` */
export function addSessionCommands(program: Command): void {
  const sessions = program
    .command('sessions')
    .description('Looks at conversations and acts on them')
    .exitOverride();
  const command = (name: string, says: string) => onStack(sessions, name).description(says);

  command('list', 'Lists sessions, the last active first')
    .option('--limit <n>', 'at most so many', '20')
    .addHelpText('after', codes)
    .action(async (options: StackOptions & { limit: string }) => {
      const limit = countOf(options.limit, MOST);
      const found = await listSessions(await findDeployment(options), limit);
      tell(options, { json: found, text: describeSessions(found) });
    });

  command('show <session>', 'Shows a session: its messages, what waits, its turns')
    .option('--limit <n>', 'at most so many messages, the last ones', '50')
    .addHelpText('after', naming + codes)
    .action(async (name: string, options: StackOptions & { limit: string }) => {
      const limit = countOf(options.limit, MOST);
      const deployment = await findDeployment(options);
      const told = await readSession(deployment, await findSession(deployment, name), limit);
      tell(options, { json: told, text: describeSession(told) });
    });

  const actOn = (name: string, says: string, act: (deployment: Deployment, name: string) => Promise<Told>) =>
    command(`${name} <session>`, says)
      .addHelpText('after', naming + codes)
      .action(async (session: string, options: StackOptions) =>
        tell(options, await act(await findDeployment(options), session)),
      );
  actOn('stop', 'Stops what runs in a session; what waits goes on', stopInSession);
  actOn('compact', 'Summarises a session that is idle', compactSession);

  command('rename <session> <title>', 'Gives a session a title, in Slack as well')
    .addHelpText('after', naming + codes)
    .action(async (session: string, title: string, options: StackOptions) =>
      tell(options, await retitleSession(await findDeployment(options), session, title)),
    );
}

/** Stops the active turn of a session. */
export async function stopInSession(deployment: Deployment, name: string): Promise<Told> {
  const { sessionId, activeTurnId } = await findSession(deployment, name);
  const outcome = activeTurnId
    ? await stopTurn(deployment, { turnId: activeTurnId, by: OPERATOR })
    : 'nothing_to_stop';
  return { json: { sessionId, turnId: activeTurnId ?? null, outcome }, ...stopText(outcome) };
}

/** A stop's outcome as a sentence. */
export function stopText(outcome: Awaited<ReturnType<typeof stopTurn>>): Pick<Told, 'text' | 'refused'> {
  if (outcome === 'stopped') return { text: 'Stopped.' };
  if (outcome === 'requested')
    return { text: 'It is at work and was asked to stop; it does within three seconds.' };
  return { text: 'Nothing runs, so there is nothing to stop.', refused: true };
}

const compactions: Record<CompactionRequested, string> = {
  started: 'Started: the thread shows how it goes.',
  busy: 'The session is at work. Try again when it is idle, or stop it with `sessions stop`.',
  nothing: 'There is too little behind the last summary to be worth another one.',
  unknown: 'Nobody ever asked anything in this session.',
};

/** Has a session summarised. */
export async function compactSession(deployment: Deployment, name: string): Promise<Told> {
  const { sessionId } = await findSession(deployment, name);
  const outcome = await requestCompaction(deployment, sessionId, OPERATOR);
  return { json: { sessionId, outcome }, text: compactions[outcome], refused: outcome !== 'started' };
}

/** Gives a session a person's title; Slack is told, and a Slack that refuses it changes nothing here. */
export async function retitleSession(deployment: Deployment, name: string, given: string): Promise<Told> {
  const title = given.replace(/\s+/g, ' ').trim();
  if (title === '' || title.length > TITLE_LENGTH)
    throw new CliError(
      exitCodes.usage,
      `A title has 1 to ${TITLE_LENGTH} characters; this one has ${title.length}.`,
    );
  const session = await findSession(deployment, name);
  const { sessionId } = session;
  await renameSession(deployment, { sessionId, title, at: deployment.now() });
  const slack = await tellSlack(deployment, session, title);
  const said = `The session is called “${lineOf(title, TITLE_LENGTH)}”.`;
  return {
    json: { sessionId, title, slack },
    text: slack === 'renamed' ? said : `${said} Slack still shows its own title: ${slack}.`,
  };
}

async function tellSlack(
  { installations, slack }: Deployment,
  { appId, installationId, channel, threadTs }: Awaited<ReturnType<typeof findSession>>,
  title: string,
): Promise<string> {
  const installation = await installations.find(appId, installationId);
  if (!installation) return 'the workspace has removed the app';
  try {
    const args = { channel_id: channel, thread_ts: threadTs, title };
    await slack(installation.botToken).call('agents.sessions.rename', args);
    return 'renamed';
  } catch (error) {
    if (error instanceof SlackCallError) return error.message;
    throw error;
  }
}
