import { contentOfText } from '../api/content.ts';
import type { DeliveryRecord } from '../events/delivery-log.ts';
import { isObject, type JsonObject, parseJson } from '../json.ts';
import type { Simulator } from '../simulator.ts';
import type { App, Channel, Installation, Message, Person, SlashCommand } from '../world/types.ts';
import { ActError } from './act-error.ts';
import { withMentions } from './mentions.ts';
import { channelName, enterpriseOf } from './payload.ts';
import { answerInChannel } from './respond.ts';
import { memberOf } from './who.ts';

export type CommandRequest = {
  user: string;
  channel: string;
  text: string;
  thread_ts?: string | undefined;
};

/** What became of a command: the delivery, and the message that appeared. */
export type CommandDone = { delivery: DeliveryRecord; message: Message | null };

/** Runs a slash command: plain form fields to its URL; the answer's body becomes a message (§5). */
export async function runCommand(sim: Simulator, request: CommandRequest): Promise<CommandDone> {
  const { channel, person } = memberOf(sim, request);
  const [, name = '', rest = ''] = /^(\/\S+)\s*([\s\S]*)$/.exec(request.text.trim()) ?? [];
  if (name === '') throw new ActError('a command begins with a slash');
  if (request.thread_ts !== undefined) throw new ActError(`${name} does not work in threads`);
  const { app, installation, command } = commandFor(sim, person, name);
  const text = command.shouldEscape ? withMentions(sim, channel, rest, { named: true }) : rest;
  const fields = commandFields(sim, { app, installation, channel, person, command: name, text });
  const delivery = await sim.deliverer.interaction(app, 'slash_command', fields, {
    url: command.url,
    fields: true,
  });
  const message = await answered(sim, { installation, channel, person, name }, delivery);
  return { delivery, message };
}

function commandFields(
  sim: Simulator,
  given: {
    app: App;
    installation: Installation;
    channel: Channel;
    person: Person;
    command: string;
    text: string;
  },
): JsonObject {
  const { app, installation, channel, person, command, text } = given;
  const enterprise = enterpriseOf(sim, installation);
  const path = sim.responseUrls.create('commands', { installation, channel, user: person.id });
  return {
    token: app.verificationToken,
    team_id: installation.teamId,
    team_domain: sim.world.workspaces.get(installation.teamId)?.domain ?? '',
    ...(enterprise ? { enterprise_id: enterprise.id, enterprise_name: enterprise.name } : {}),
    channel_id: channel.id,
    channel_name: channelName(channel),
    user_id: person.id,
    user_name: person.name,
    command,
    text,
    api_app_id: app.id,
    is_enterprise_install: String(installation.isEnterpriseInstall),
    response_url: sim.url + path,
    trigger_id: sim.triggers.create(app.id, person.id, { channel: channel.id }),
  };
}

/** An empty 200 says nothing; text or a message appears for the person, or for all with `in_channel`. */
async function answered(
  sim: Simulator,
  given: { installation: Installation; channel: Channel; person: Person; name: string },
  delivery: DeliveryRecord,
): Promise<Message | null> {
  const { installation, channel, person, name } = given;
  const attempt = delivery.attempts.at(-1);
  if (delivery.state !== 'acknowledged') {
    const late = attempt?.failure === 'http_timeout';
    const text = late
      ? `${name} failed because the app did not respond.`
      : `${name} failed with the error "dispatch_failed".`;
    return slackSays(sim, channel, person, text);
  }
  const body = attempt?.answer ?? '';
  if (body.trim() === '') return null;
  const message = parse(body);
  try {
    return answerInChannel(sim, { installation, channel, user: person.id }, message ?? { text: body });
  } catch {
    return slackSays(sim, channel, person, `${name} failed with the error "invalid_command_response".`);
  }
}

/** An ephemeral message of Slack itself. */
function slackSays(sim: Simulator, channel: Channel, person: Person, text: string): Message {
  const message: Message = {
    channel: channel.id,
    ts: sim.world.nextTs(channel.id, sim.clock.now()),
    user: 'USLACKBOT',
    username: 'Slackbot',
    teamId: person.teamId,
    ephemeralFor: person.id,
    ...contentOfText(text),
  };
  sim.world.add(message);
  sim.changes.emit({ type: 'message', message });
  return message;
}

/** The app with this command that is installed where the person is. @throws ActError */
function commandFor(
  sim: Simulator,
  person: Person,
  name: string,
): { app: App; installation: Installation; command: SlashCommand } {
  // The app that was installed last wins, as in Slack.
  for (const installation of [...sim.world.installations].reverse()) {
    const app = sim.world.apps.get(installation.appId);
    const command = app?.commands.find((one) => one.command === name);
    if (!app || !command || installation.teamId !== person.teamId || installation.revoked) continue;
    if (!installation.scopes.includes('commands'))
      throw new ActError(`${app.name} was installed without the scope commands`);
    return { app, installation, command };
  }
  throw new ActError(`${name} is not a command that is known here`);
}

function parse(text: string): JsonObject | undefined {
  try {
    const value = parseJson(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
