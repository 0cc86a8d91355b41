import { pressable } from '../interactions/find-action.ts';
import { isObject, type Json } from '../json.ts';
import { blocksToText } from '../richtext/to-text.ts';
import type { Simulator } from '../simulator.ts';
import { streamBytes } from '../streaming/apply.ts';
import type { Message } from '../world/types.ts';
import type { AdminChannel, AdminMessage, AdminState } from './types.ts';

/** A message with everything that tests compare, raw Markdown included. */
export function adminMessage(message: Message): AdminMessage {
  const { stream, ...stored } = message;
  const shown: AdminMessage = {
    ...stored,
    visibleText: visibleText(message),
    actionIds: message.blocks.flatMap(pressable).map((element) => String(element.action_id)),
  };
  if (!stream) return shown;
  const { mode, display, startedAt, stoppedByUser, planTitle, markdown, cards } = stream;
  const recipientUser = stream.recipientUser ?? null;
  return {
    ...shown,
    streamingState: stream.state,
    stream: {
      mode,
      display,
      startedAt,
      stoppedByUser,
      planTitle,
      markdown,
      recipientUser,
      cards,
      bytes: streamBytes(stream),
    },
  };
}

/** All words that a message shows: its text, its blocks', its cards' and its buttons'. */
function visibleText(message: Message): string {
  return [message.text, blocksToText(message.blocks), ...message.blocks.map(words)].join('\n');
}

function words(value: Json | undefined): string {
  if (Array.isArray(value)) return value.map(words).join(' ');
  if (!isObject(value)) return '';
  return Object.entries(value)
    .map(([name, member]) =>
      typeof member === 'string'
        ? ['text', 'title', 'alt_text', 'task_id'].includes(name)
          ? member
          : ''
        : words(member),
    )
    .filter((text) => text !== '')
    .join(' ');
}

export function adminState(sim: Simulator): AdminState {
  sim.streams.sweep();
  const { world } = sim;
  return {
    url: sim.url,
    clock: sim.clock.state(),
    workspaces: [...world.workspaces.values()],
    apps: [...world.apps.values()],
    installations: world.installations,
    people: [...world.people.values()],
    channels: [...world.channels.values()].map(
      (channel): AdminChannel => ({ ...channel, members: [...channel.members] }),
    ),
    messages: world.allMessages().map(adminMessage),
    sessions: sim.sessions.all(),
  };
}
