import { setTimeout as sleep } from 'node:timers/promises';
import type { RelayRecord } from '../../core/relay/record.ts';
import { keys } from '../../core/store/keys.ts';
import type { TurnRecord } from '../../core/turns/record.ts';
import { hasEnded } from '../../core/turns/transitions.ts';
import { SEED } from '../../local/slack/server.ts';
import type { AdminMessage } from '../../test/support/slack-client.ts';
import type { BenchWorld } from './bench-world.ts';
import type { SentText } from './source.ts';
import { scriptMs, type TurnScript } from './turn-script.ts';

/** A turn that was played, when all of it was shown or no more waited for. */
export interface PlayedTurn {
  script: TurnScript;
  asked: AdminMessage;
  /** When the mention was posted, epoch milliseconds. */
  postedAt: number;
  sent: SentText;
  /** As it stands at the end; undefined when it was never made. */
  turn: TurnRecord | undefined;
  /** Whether the relay says that all is shown. */
  shown: boolean;
}

export interface PlayOptions {
  /** How long beyond the model's own time all may take. */
  patienceMs?: number;
  /** Told when the mention was posted. */
  onPosted?: (asked: AdminMessage) => void;
}

const LOOK_MS = 1_000;
const PATIENCE_MS = 240_000;

/** Mentions the app, lets the model play the script, and waits until the relay has shown all of it. */
export async function playTurn(
  { stand, model, channels }: Pick<BenchWorld, 'stand' | 'model' | 'channels'>,
  script: TurnScript,
  { patienceMs = PATIENCE_MS, onPosted = () => {} }: PlayOptions = {},
): Promise<PlayedTurn> {
  const request = model.add(script);
  const postedAt = Date.now();
  const channel = channels[script.turn % channels.length] ?? SEED.channels.team;
  const asked = await stand.slack.post({
    user: SEED.people.requester,
    channel,
    text: `<@${SEED.botUser}> ${request}`,
  });
  onPosted(asked);
  const workMs = scriptMs(script);
  await sleep(workMs);
  const deadline = postedAt + workMs + patienceMs;
  for (;;) {
    const turn = await stand.turn(asked);
    const relay =
      turn && hasEnded(turn) ? await stand.store.get<RelayRecord>(keys.relay(turn.turnId)) : undefined;
    const shown = relay?.closedAt !== undefined;
    if (shown || Date.now() > deadline)
      return { script, asked, postedAt, sent: model.sent(script.turn), turn, shown };
    await sleep(LOOK_MS);
  }
}
