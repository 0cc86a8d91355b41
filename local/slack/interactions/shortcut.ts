import type { DeliveryRecord } from '../events/delivery-log.ts';
import { momentTs } from '../ids.ts';
import { wire } from '../json.ts';
import type { Simulator } from '../simulator.ts';
import type { App, Installation, Person, Shortcut } from '../world/types.ts';
import { messageView } from '../world/view.ts';
import { ActError } from './act-error.ts';
import { channelOf, interactionContext } from './payload.ts';
import { personOf, seenMessage } from './who.ts';

export type ShortcutRequest = {
  user: string;
  callback_id: string;
  channel?: string | undefined;
  ts?: string | undefined;
  app?: string | undefined;
};

/** Runs a shortcut: `shortcut` for a global one, `message_action` for one of a message (§5). */
export async function runShortcut(sim: Simulator, request: ShortcutRequest): Promise<DeliveryRecord> {
  const person = personOf(sim, request.user);
  const { app, installation, shortcut } = shortcutFor(sim, person, request);
  const { channel: channelId, ts } = request;
  const common = {
    ...interactionContext(sim, app, installation),
    action_ts: momentTs(sim.clock.now()),
    callback_id: shortcut.callbackId,
  };
  if (shortcut.type === 'global') {
    if (channelId !== undefined || ts !== undefined)
      throw new ActError(`${shortcut.name} is a global shortcut: it belongs to no message`);
    const payload = {
      type: 'shortcut',
      ...common,
      user: { id: person.id, username: person.name, team_id: person.teamId },
      trigger_id: sim.triggers.create(app.id, person.id),
    };
    return sim.deliverer.interaction(app, 'shortcut', wire(payload));
  }
  if (channelId === undefined || ts === undefined)
    throw new ActError(`${shortcut.name} is a shortcut of a message: give channel and ts`);
  const { channel, message } = seenMessage(sim, { user: person.id, channel: channelId, ts });
  const path = sim.responseUrls.create('app', { installation, channel, message, user: person.id });
  const payload = {
    type: 'message_action',
    ...common,
    user: { id: person.id, name: person.name },
    channel: channelOf(channel),
    trigger_id: sim.triggers.create(app.id, person.id, { channel: channel.id }),
    message_ts: message.ts,
    message: messageView(sim.world, message),
    response_url: sim.url + path,
  };
  return sim.deliverer.interaction(app, 'message_action', wire(payload));
}

/** The app with this shortcut that is installed where the person is, with the scope for it. @throws ActError */
function shortcutFor(
  sim: Simulator,
  person: Person,
  { app: appId, callback_id }: ShortcutRequest,
): { app: App; installation: Installation; shortcut: Shortcut } {
  const found = sim.world.installations.flatMap((installation) => {
    const app = sim.world.apps.get(installation.appId);
    const shortcut = app?.shortcuts.find((one) => one.callbackId === callback_id);
    const here = installation.teamId === person.teamId && !installation.revoked;
    const meant = appId === undefined || appId === installation.appId;
    return app && shortcut && here && meant ? [{ app, installation, shortcut }] : [];
  });
  const [first] = found;
  if (!first) throw new ActError(`no app here has the shortcut ${callback_id}`);
  if (found.length > 1)
    throw new ActError(`several apps have the shortcut ${callback_id}: say which with \`app\``);
  if (!first.installation.scopes.includes('commands'))
    throw new ActError(`${first.app.name} was installed without the scope commands`);
  return first;
}
