import type { DisplayChoice } from '../display/display.ts';
import { checkAt, type Key, keys } from '../store/keys.ts';
import type { TurnRecord } from '../turns/record.ts';
import { firstSpot, type RelayRecord } from './record.ts';

/** The sweep looks first when a start that got lost is started again. */
const FIRST_CHECK_MS = 60_000;

/**
 * The relay's record of a new turn, for the transaction that makes the turn. `wakeAt` is taken already: whoever
 * writes it sends the first, undelayed flush wake afterwards.
 */
export function newRelayItem({
  turn,
  display,
  now,
}: {
  turn: TurnRecord;
  display?: DisplayChoice | undefined;
  now: number;
}): Key & RelayRecord {
  const { turnId, sessionId, requester, appId, installationId, channel, threadTs, messageTs } = turn;
  return {
    ...keys.relay(turnId),
    v: 1,
    turnId,
    sessionId,
    appId,
    installationId,
    channel,
    threadTs,
    messageTs,
    requester,
    view: { spot: firstSpot, messages: 0 },
    ...(display ? { display } : {}),
    wakeAt: now,
    ...checkAt(turnId, now + FIRST_CHECK_MS),
  };
}
