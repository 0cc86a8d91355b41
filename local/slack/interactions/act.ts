import { randomUUID } from 'node:crypto';
import { contentOfText } from '../api/content.ts';
import { publishChanged, publishMessage, publishStopped } from '../events/publish.ts';
import { removeMessage } from '../events/remove.ts';
import { momentTs } from '../ids.ts';
import type { Simulator } from '../simulator.ts';
import type { Channel, Message, Person } from '../world/types.ts';
import { messageView } from '../world/view.ts';
import { ActError } from './act-error.ts';
import { withMentions } from './mentions.ts';
import { memberOf } from './who.ts';

/** Posts as a person. `@handle` of a known person or bot becomes a mention, `#name` a channel. */
export function post(
  sim: Simulator,
  request: {
    user: string;
    channel: string;
    text: string;
    thread_ts?: string | undefined;
    /** A reply that is sent to the channel too. */
    broadcast?: boolean | undefined;
  },
): Message {
  const { channel, person } = memberOf(sim, request);
  requireWritable(sim, channel, person);
  if (request.broadcast && request.thread_ts === undefined)
    throw new ActError('only a reply in a thread can be sent to the channel too');
  if (request.text.trim() === '') throw new ActError('the text is empty');
  if (request.thread_ts !== undefined && !sim.world.message(channel.id, request.thread_ts)) {
    throw new ActError(`no message ${request.thread_ts} in ${channel.id}`);
  }
  const message: Message = {
    channel: channel.id,
    ts: sim.world.nextTs(channel.id, sim.clock.now()),
    user: person.id,
    teamId: person.teamId,
    clientMsgId: randomUUID(),
    ...contentOfText(withMentions(sim, channel, request.text)),
    ...(request.thread_ts === undefined ? {} : { threadTs: request.thread_ts }),
    ...(request.broadcast ? { broadcast: true, subtype: 'thread_broadcast' } : {}),
  };
  sim.world.add(message);
  sim.changes.emit({ type: 'message', message });
  publishMessage(sim, message);
  return message;
}

/** Edits a person's own message. */
export function edit(
  sim: Simulator,
  request: { user: string; channel: string; ts: string; text: string },
): Message {
  const { channel, person } = memberOf(sim, request);
  const message = ownMessage(sim, channel, person, request.ts);
  const before = messageView(sim.world, message);
  const edited = { user: person.id, ts: momentTs(sim.clock.now()) };
  Object.assign(message, contentOfText(withMentions(sim, channel, request.text)), { edited });
  sim.changes.emit({ type: 'message', message });
  publishChanged(sim, message, before);
  return message;
}

/** Deletes a person's own message. */
export function remove(sim: Simulator, request: { user: string; channel: string; ts: string }): void {
  const { channel, person } = memberOf(sim, request);
  removeMessage(sim, ownMessage(sim, channel, person, request.ts));
}

/**
 * Presses the stop button of a thread: Slack ends its streams itself, leaves the session's status alone, and sends
 * `agent_session_stopped` (§1.8 "User stop", §10.1). Only for apps that subscribed to it.
 */
export function stop(
  sim: Simulator,
  request: { user: string; channel: string; thread_ts: string },
): { stopped: string[] } {
  const { channel, person } = memberOf(sim, request);
  const open = sim.streams.openIn(channel.id, request.thread_ts);
  const installation = sim.world.installationsIn(channel).find((one) => {
    const app = sim.world.apps.get(one.appId);
    return (
      app?.subscriptions.includes('agent_session_stopped') &&
      (open.length === 0 || open[0]?.appId === one.appId)
    );
  });
  const working = sim.sessions.get(channel.id, request.thread_ts)?.status === 'processing';
  if (!installation || (open.length === 0 && !working))
    throw new ActError('there is no stop button in this thread');
  for (const message of open) {
    if (!message.stream) continue;
    sim.streams.write(message, { ...message.stream, state: 'completed', stoppedByUser: true });
    publishMessage(sim, message);
  }
  const streams = open.map((message) => message.ts);
  publishStopped(sim, installation, channel, { user: person.id, threadTs: request.thread_ts, streams });
  return { stopped: streams };
}

/** @throws ActError where a person finds no composer in Slack */
export function requireWritable(sim: Simulator, channel: Channel, person: Person): void {
  if (channel.archived) throw new ActError('the channel is archived');
  if (channel.postingRestricted && !person.isAdmin)
    throw new ActError(`only admins may write in ${channel.name}`);
  if (channel.kind !== 'im') return;
  const [installation] = sim.world.installationsIn(channel);
  const app = installation && sim.world.apps.get(installation.appId);
  if (app && (!app.messagesTab || app.messagesTabReadOnly))
    throw new ActError(`${app.name} takes no messages: its messages tab is off or read-only`);
}

function ownMessage(sim: Simulator, channel: Channel, person: Person, ts: string): Message {
  const message = sim.world.message(channel.id, ts);
  if (!message || message.user !== person.id) throw new ActError('not a message of this person');
  return message;
}
