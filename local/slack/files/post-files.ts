import { randomUUID } from 'node:crypto';
import { contentOfText } from '../api/content.ts';
import { publishMessage } from '../events/publish.ts';
import { requireWritable } from '../interactions/act.ts';
import { ActError } from '../interactions/act-error.ts';
import { withMentions } from '../interactions/mentions.ts';
import { memberOf, personOf } from '../interactions/who.ts';
import type { Simulator } from '../simulator.ts';
import type { Message } from '../world/types.ts';
import { FilesFull } from './files.ts';
import { filesIn, noteShare } from './share.ts';
import type { SlackFile, StoredFile } from './types.ts';

export type GivenFile = { name: string; bytes: Uint8Array<ArrayBuffer> };

/** Uploads as a person without posting, as a file input of a modal does. @throws ActError */
export function uploadFiles(sim: Simulator, user: string, given: GivenFile[]): SlackFile[] {
  return store(sim, user, given).map(({ file }) => file);
}

/** Posts files as a person, as dropping them on a conversation does. @throws ActError */
export function postFiles(
  sim: Simulator,
  request: { user: string; channel: string; thread_ts: string | undefined; text: string },
  given: GivenFile[],
): Message {
  const { channel, person } = memberOf(sim, request);
  requireWritable(sim, channel, person);
  if (request.thread_ts !== undefined && !sim.world.message(channel.id, request.thread_ts)) {
    throw new ActError(`no message ${request.thread_ts} in ${channel.id}`);
  }
  const stored = store(sim, person.id, given);
  const text = withMentions(sim, channel, request.text);
  const content =
    text.trim() === '' ? { text: '', blocks: [], blocksFrom: 'text' as const } : contentOfText(text);
  const message: Message = {
    channel: channel.id,
    ts: sim.world.nextTs(channel.id, sim.clock.now()),
    user: person.id,
    teamId: person.teamId,
    clientMsgId: randomUUID(),
    ...content,
    files: filesIn(sim, channel, stored),
    ...(request.thread_ts === undefined ? {} : { threadTs: request.thread_ts }),
  };
  sim.world.add(message);
  noteShare(message, stored);
  sim.changes.emit({ type: 'message', message });
  publishMessage(sim, message);
  return message;
}

function store(sim: Simulator, user: string, given: GivenFile[]): StoredFile[] {
  const person = personOf(sim, user);
  if (given.length === 0) throw new ActError('no file was given');
  const size = given.reduce((sum, { bytes }) => sum + bytes.length, 0);
  try {
    // All or none: a file that does not fit leaves no half of the upload behind.
    if (size > sim.files.room())
      throw new FilesFull('The files do not fit: raise the option filesMaxBytes, or reset.');
    return given.map(({ name, bytes }) =>
      sim.files.add({ name, bytes, user: person.id, teamId: person.teamId }),
    );
  } catch (error) {
    if (error instanceof FilesFull) throw new ActError(error.message);
    throw error;
  }
}
