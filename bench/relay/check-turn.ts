import { lettersOfMessage } from '../../core/slack/visible-text.ts';
import { keys } from '../../core/store/keys.ts';
import type { Store } from '../../core/store/store.ts';
import { batchOf, type ChunkItem } from '../../core/stream/chunk-item.ts';
import type { StreamChunk } from '../../core/stream/chunks.ts';
import { visibleBatches } from '../../core/stream/read-log.ts';
import type { TurnRecord } from '../../core/turns/record.ts';
import { SEED } from '../../local/slack/server.ts';
import { withoutMark } from '../../test/support/shown-turn.ts';
import type { AdminMessage } from '../../test/support/slack-client.ts';
import { readableLetters, standsIn } from './arrivals.ts';
import { turnName } from './pieces.ts';
import type { PlayedTurn } from './play-turn.ts';
import { sentLetters } from './source.ts';

/** The app's messages in a turn's thread, oldest first. */
export const messagesOf = (
  all: readonly AdminMessage[],
  { asked }: Pick<PlayedTurn, 'asked'>,
): AdminMessage[] =>
  all
    .filter(({ channel, threadTs, botId }) => channel === asked.channel && threadTs === asked.ts && botId)
    .sort((one, other) => Number(one.ts) - Number(other.ts));

/** What a turn's log says. */
export async function logOf(store: Store, turn: TurnRecord): Promise<StreamChunk[]> {
  const items = await store.query<ChunkItem>({ pk: keys.turn(turn.turnId).pk, prefix: 'CHUNK#' });
  return visibleBatches(items.map(batchOf), turn).flatMap(({ chunks }) => chunks);
}

/** Whether a turn had to be shown by a posted message at first, or all the time. */
export const hadStandIn = (messages: readonly AdminMessage[]): boolean =>
  messages.some(({ blocks }) => standsIn(blocks));

/**
 * What is wrong with what the thread shows of a turn in the end, as sentences. Steps of a turn that was shown by a
 * posted message are not looked at: that message tells the last ones only.
 */
export async function wrongsOf(
  store: Store,
  messages: readonly AdminMessage[],
  { script, sent, turn, shown }: PlayedTurn,
): Promise<string[]> {
  if (!turn) return [`turn ${turnName(script.turn)} was never made`];
  const log = await logOf(store, turn);
  const wrongs: string[] = [];
  if (turn.state !== 'completed') wrongs.push(`is ${turn.state}: ${turn.end?.reason ?? ''}`);
  if (!shown) wrongs.push('is not shown whole in the time given');
  const said = log.map((chunk) => (chunk.type === 'text-delta' ? chunk.delta : '')).join('');
  const texts = {
    sent: sentLetters(sent),
    log: readableLetters(said),
    thread: messages.map(textOf).join(''),
  };
  if (texts.log !== texts.sent)
    wrongs.push(`its log differs from what was sent: ${difference(texts.sent, texts.log)}`);
  if (texts.thread !== texts.log)
    wrongs.push(`its thread differs from its log: ${difference(texts.log, texts.thread)}`);
  wrongs.push(...(hadStandIn(messages) ? [] : wrongCards(log, messages)), ...wrongMentions(messages));
  for (const { streamingState } of messages)
    if (streamingState !== undefined && streamingState !== 'completed')
      wrongs.push(`has a message that is ${streamingState}`);
  return wrongs.map((wrong) => `turn ${turnName(script.turn)} (${turn.turnId}) ${wrong}`);
}

/** A message's text of the answer as letters and digits; of a stand-in for a stream nothing. */
function textOf({ stream, blocks }: AdminMessage): string {
  if (stream) return readableLetters(stream.markdown);
  if (standsIn(blocks)) return '';
  return withoutMark(
    lettersOfMessage({ blocks: blocks.filter(({ type }) => type === 'markdown' || type === 'rich_text') }),
  );
}

/** Where two texts part. */
function difference(one: string, other: string): string {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at++;
  return `${one.length} and ${other.length} letters, from ${at} on "${one.slice(at, at + 40)}" and "${other.slice(at, at + 40)}"`;
}

type Card = NonNullable<AdminMessage['stream']>['cards'][string];

/** Each call has its card, with its end, its arguments and its result once each; none is left open anywhere. */
function wrongCards(log: readonly StreamChunk[], messages: readonly AdminMessage[]): string[] {
  const last = new Map<string, Card>();
  const wrongs: string[] = [];
  for (const card of messages.flatMap(({ stream }) => Object.values(stream?.cards ?? {}))) {
    last.set(card.id, card);
    if (card.status !== 'complete' && card.status !== 'error')
      wrongs.push(`has left the card "${card.title}" ${card.status}`);
  }
  for (const chunk of log) {
    if (chunk.type !== 'tool-input-available') continue;
    const { status, word } = endOf(log, chunk.toolCallId);
    const { what = '' } = chunk.input as { what?: string };
    // The first step takes the place of the card that stood for it, under that card's id.
    const card =
      last.get(chunk.toolCallId) ?? [...last.values()].find(({ details }) => what && details.includes(what));
    if (!card) wrongs.push(`shows no card of ${chunk.toolCallId}`);
    else if (card.status !== status || !once(card.details, what) || !once(card.output, word))
      wrongs.push(
        `shows ${chunk.toolCallId} as ${JSON.stringify(card)}; it is ${status} with ${what} and ${word}`,
      );
    if (card) last.delete(card.id);
  }
  for (const { id, title } of last.values())
    if (!id.startsWith('sluice-')) wrongs.push(`shows a card "${title}" that its log does not know`);
  return wrongs;
}

/** How a call ended, and a word that its result holds. */
function endOf(log: readonly StreamChunk[], id: string): { status: string; word: string } {
  const end = log.find(
    (chunk) => /^tool-output-/.test(chunk.type) && 'toolCallId' in chunk && chunk.toolCallId === id,
  );
  if (end?.type === 'tool-output-available') return { status: 'complete', word: String(end.output) };
  return { status: 'error', word: end?.type === 'tool-output-error' ? end.errorText : '' };
}

const once = (text: string, part: string): boolean => part === '' || text.split(part).length === 2;

/** The requester is called once, by the last message. */
function wrongMentions(messages: readonly AdminMessage[]): string[] {
  const mention = new RegExp(`<@${SEED.people.requester}>|"user_id":"${SEED.people.requester}"`, 'g');
  const times = messages.map(
    ({ stream, blocks }) => [...(stream?.markdown ?? JSON.stringify(blocks)).matchAll(mention)].length,
  );
  const all = times.reduce((sum, one) => sum + one, 0);
  if (all !== 1) return [`mentions the requester ${all} times`];
  return times.at(-1) === 1 ? [] : ['does not mention the requester at its end'];
}
