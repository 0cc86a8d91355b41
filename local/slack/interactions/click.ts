import type { DeliveryRecord } from '../events/delivery-log.ts';
import { momentTs } from '../ids.ts';
import { isObject, type Json, type JsonObject, wire } from '../json.ts';
import type { Simulator } from '../simulator.ts';
import type { App, Channel, Installation, Message, Person } from '../world/types.ts';
import { messageView } from '../world/view.ts';
import { ActError } from './act-error.ts';
import { findAction } from './find-action.ts';

export type ClickRequest = {
  user: string;
  channel: string;
  ts: string;
  action_id: string;
  block_id?: string | undefined;
  /** For feedback_buttons: which of the two. */
  choice?: 'positive' | 'negative' | undefined;
  /** Values of inputs in the message, by block and action. */
  state?: JsonObject | undefined;
};

/** Presses a button as a person: sends `block_actions` as in §5 and waits for the app's answer. */
export async function click(sim: Simulator, request: ClickRequest): Promise<DeliveryRecord> {
  const channel = sim.world.channels.get(request.channel);
  const person = sim.world.people.get(request.user);
  const message = sim.world.message(request.channel, request.ts);
  if (!channel || !person || !message) throw new ActError('no such channel, person or message');
  const visible =
    message.ephemeralFor === undefined ? channel.members.has(person.id) : message.ephemeralFor === person.id;
  if (!visible) throw new ActError(`${person.name} cannot see this message`);
  const found = findAction(message, request.action_id, request.block_id);
  if (!found) throw new ActError(`no element ${request.action_id} in this message`);
  const installation = sim.world.installations.find(
    (one) => one.appId === message.appId && one.teamId === channel.teamId,
  );
  const app = installation && sim.world.apps.get(installation.appId);
  if (!app) throw new ActError('the message belongs to no installed app');
  const action: JsonObject = {
    ...acted(found.element, request.choice),
    block_id: found.blockId,
    action_ts: momentTs(sim.clock.now()),
  };
  const payload = blockActions(sim, {
    app,
    installation,
    channel,
    person,
    message,
    action,
    state: request.state,
  });
  return sim.deliverer.interaction(app, 'block_actions', wire(payload));
}

/** The element as an entry of `actions[]` (§5 "actions[] by type"). */
function acted(element: JsonObject, choice: ClickRequest['choice']): JsonObject {
  const { type, action_id } = element;
  if (type === 'feedback_buttons') {
    const button = choice === 'negative' ? element.negative_button : element.positive_button;
    const { text, value } = isObject(button) ? button : {};
    return { type, action_id, text, value };
  }
  return {
    type,
    action_id,
    text: element.text,
    value: element.value,
    style: element.style,
    icon: element.icon,
  };
}

function blockActions(
  sim: Simulator,
  given: {
    app: App;
    installation: Installation;
    channel: Channel;
    person: Person;
    message: Message;
    action: JsonObject;
    state: JsonObject | undefined;
  },
): Json {
  const { app, installation, channel, person, message } = given;
  const workspace = sim.world.workspaces.get(channel.teamId);
  const ephemeral = message.ephemeralFor !== undefined;
  const path = sim.responseUrls.create({ installation, message, user: person.id });
  return {
    type: 'block_actions',
    user: { id: person.id, username: person.name, name: person.name, team_id: person.teamId },
    api_app_id: app.id,
    token: app.verificationToken,
    container: {
      type: 'message',
      message_ts: message.ts,
      channel_id: channel.id,
      is_ephemeral: ephemeral,
      ...(message.threadTs === undefined ? {} : { thread_ts: message.threadTs }),
    },
    trigger_id: sim.triggers.create(app.id, person.id),
    team: { id: channel.teamId, domain: workspace?.domain },
    enterprise: null,
    is_enterprise_install: false,
    channel: { id: channel.id, name: channel.kind === 'im' ? 'directmessage' : channel.name },
    // Slack sends no message along for an ephemeral one.
    ...(ephemeral ? {} : { message: messageView(sim.world, message) }),
    state: { values: given.state ?? {} },
    response_url: sim.url + path,
    actions: [given.action],
  };
}
