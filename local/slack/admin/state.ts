import { pressable } from '../interactions/find-action.ts';
import { blocksToText } from '../richtext/to-text.ts';
import type { Simulator } from '../simulator.ts';
import { streamBytes } from '../streaming/apply.ts';
import type { Message } from '../world/types.ts';
import type { AdminChannel, AdminMessage, AdminState } from './types.ts';
import { allViews } from './views-state.ts';
import { words } from './words.ts';

/** A message with everything that tests compare, raw Markdown included. */
export function adminMessage(message: Message): AdminMessage {
  const { stream, ...stored } = message;
  const shown: AdminMessage = { ...stored, ...wordsOf(message) };
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
      liveFor: recipientUser,
      cards,
      bytes: streamBytes(stream),
    },
  };
}

type Words = Pick<AdminMessage, 'visibleText' | 'actionIds'>;

/** By the blocks, which are replaced and never changed in place: waits look at every message at every change. */
const wordsDone = new WeakMap<Message['blocks'], Words & { text: string }>();

function wordsOf(message: Message): Words {
  const done = wordsDone.get(message.blocks);
  if (done?.text === message.text) return { visibleText: done.visibleText, actionIds: done.actionIds };
  const shown = {
    visibleText: visibleText(message),
    actionIds: message.blocks.flatMap(pressable).map((element) => String(element.action_id)),
  };
  wordsDone.set(message.blocks, { ...shown, text: message.text });
  return shown;
}

/** All words that a message shows: its text, its blocks', its cards' and its buttons'. */
function visibleText(message: Message): string {
  return [message.text, blocksToText(message.blocks), ...message.blocks.map(words)].join('\n');
}

export function adminState(sim: Simulator): AdminState {
  sim.streams.sweep();
  const { world } = sim;
  return {
    url: sim.url,
    clock: sim.clock.state(),
    enterprises: [...world.enterprises.values()],
    workspaces: [...world.workspaces.values()],
    userGroups: [...world.userGroups.values()],
    tokens: [...world.tokens.values()],
    apps: [...world.apps.values()],
    installations: world.installations,
    people: [...world.people.values()],
    channels: [...world.channels.values()].map(
      (channel): AdminChannel => ({ ...channel, members: [...channel.members] }),
    ),
    messages: world.allMessages().map(adminMessage),
    sessions: sim.sessions.all(),
    prompts: Object.fromEntries(sim.prompts),
    views: allViews(sim),
  };
}
