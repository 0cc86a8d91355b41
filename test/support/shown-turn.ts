import { CONTINUED } from '../../core/relay/plan/text-draft.ts';
import { lettersOfMarkdown, lettersOfMessage } from '../../core/slack/visible-text.ts';
import { SEED } from '../../local/slack/server.ts';
import type { Outcome } from './play-relay-scene.ts';
import { isStandIn } from './shown-end.ts';
import type { AdminMessage } from './slack-client.ts';
import type { PlayedTurn } from './turn-script.ts';

/** What Slack shows of one turn of a scene, by what its messages are. Each oldest first. */
export interface ShownTurn {
  /** Streams, and posts of the answer. */
  answer: AdminMessage[];
  /** Stands in for a stream. */
  progress: AdminMessage[];
  lines: AdminMessage[];
  cards: AdminMessage[];
  charts: AdminMessage[];
  files: AdminMessage[];
  /** Lines about files that Slack did not take. */
  refusals: AdminMessage[];
}

type Kind = keyof ShownTurn;

/** Sorts a scene's messages by turn and kind. Those of a thread with several turns are told apart by their text. */
export function shownTurns({ turns, messages }: Outcome): Map<PlayedTurn, ShownTurn> {
  const shown = new Map(turns.map((one): [PlayedTurn, ShownTurn] => [one, nothing()]));
  for (const message of messages) {
    if (message.botId !== SEED.bot || message.ephemeralFor !== undefined) continue;
    const ofThread = turns.filter(
      ({ turn }) => message.threadTs === turn.threadTs || message.channel !== turn.channel,
    );
    const [only] = ofThread;
    const of = ofThread.length === 1 ? only : (ofThread.find((one) => isOf(message, one)) ?? ofThread.at(-1));
    if (of) shown.get(of)?.[kindOf(message, of)].push(message);
  }
  return shown;
}

const nothing = (): ShownTurn => ({
  answer: [],
  progress: [],
  lines: [],
  cards: [],
  charts: [],
  files: [],
  refusals: [],
});

const blockIds = ({ blocks }: AdminMessage): string[] =>
  blocks.flatMap((block) => ('block_id' in block ? [String(block.block_id)] : []));

/** By its records, by the names of its blocks and files, and of what was posted by its text. */
function isOf(message: AdminMessage, { turn, n, pauseIds, streams }: PlayedTurn): boolean {
  if (message.stream) return streams.includes(message.ts);
  const names = [turn.turnId, ...pauseIds.filter(Boolean), `a${n}-`];
  if (blockIds(message).some((id) => names.some((name) => id.includes(name)))) return true;
  if (message.files?.some(({ name }) => name.includes(`-${n}-`))) return true;
  return message.visibleText.includes(`turn${n}`);
}

function kindOf(message: AdminMessage, { pauseIds }: PlayedTurn): Kind {
  if ((message.files ?? []).length > 0) return 'files';
  const ids = blockIds(message);
  const named = (start: string) => ids.some((id) => id.startsWith(start));
  if (ids.some((id) => pauseIds.some((pause) => pause !== '' && id.startsWith(pause)))) return 'cards';
  if (isStandIn(message.blocks)) return 'progress';
  if (named('sluice-line-')) return 'lines';
  if (named('sluice-upload-')) return 'refusals';
  if (!message.stream && named('sluice-chart-') && !named('sluice-end-') && !hasMention(message))
    return 'charts';
  return 'answer';
}

const hasMention = ({ blocks, text }: AdminMessage): boolean =>
  JSON.stringify([blocks, text]).includes(SEED.people.requester);

/** Letters and digits of a message of the answer. */
export function lettersIn(message: AdminMessage): string {
  // A timeline's texts are parted by its cards, and not by what is in its Markdown.
  return withoutMark(
    message.stream?.display === 'plan'
      ? lettersOfMarkdown(message.stream.markdown)
      : lettersOfMessage(message),
  );
}

/** Letters of a message without those of the mark that its text goes on from the one before. */
export const withoutMark = (letters: string): string => letters.replace(MARK, '');

const MARK = new RegExp(`^${lettersOfMarkdown(CONTINUED)}`);
