import type { Installation } from '../installations/record.ts';
import { type SlackApi, SlackCallError } from '../slack/api.ts';
import { keys } from '../store/keys.ts';
import type { RelayDeps } from './deps.ts';
import { type Executed, messageStart, settle } from './execute-plan.ts';
import { type DoubtOutcome, resolveDoubt } from './in-doubt.ts';
import type { HeldRelay } from './lease.ts';
import { firstSpot, type InFlight, type RelayMessageRecord } from './record.ts';
import { inWhole, recover } from './recover.ts';
import { comeBackAfterFailure } from './retry.ts';

/**
 * Finds out about the call that a crash or a lost answer left in doubt, and stores which of the two candidates
 * Slack shows. Where Slack does not let us look, no second stream is opened: the answer comes whole at the end.
 */
export async function clearDoubt(
  deps: RelayDeps,
  held: HeldRelay,
  slack: SlackApi,
  installation: Installation,
  inFlight: InFlight,
): Promise<Executed> {
  const { turnId, view } = held.record;
  const { pk } = keys.turn(turnId);
  const messages = await deps.store.query<RelayMessageRecord>({ pk, prefix: 'SLACKMSG#' });
  // The message's own record is written before this one: a crash may have come in between.
  const opened = messages.find(({ n }) => n > view.messages);
  const outcome: DoubtOutcome = opened
    ? { kind: 'applied', view: inFlight.after, ts: opened.ts }
    : await resolveDoubt(slack, installation, held.record, inFlight, new Set(messages.map(({ ts }) => ts)));
  deps.log.info('call in doubt looked up', { turnId, method: inFlight.method, outcome: outcome.kind });
  switch (outcome.kind) {
    case 'applied':
      return settle(deps, held, outcome.view, {
        ts: outcome.ts,
        isProgress: inFlight.method === 'chat.postMessage' && !inFlight.text,
      });
    case 'not-applied':
      held.change({ inFlight: undefined });
      return { kind: 'replan' };
    case 'gone': {
      const call = { after: inFlight.after, brings: true };
      const recovery = recover(view, 'restart', call, await messageStart(deps, held));
      held.change({ inFlight: undefined, ...('view' in recovery ? { view: recovery.view } : {}) });
      return { kind: 'replan' };
    }
    case 'unreadable':
      await giveUpDisplay(deps, held, slack, inFlight);
      return { kind: 'replan' };
    case 'later':
      if (outcome.waitMs === undefined) return comeBackAfterFailure(deps, held);
      return { kind: 'comeBack', at: deps.now() + outcome.waitMs };
  }
}

async function giveUpDisplay(
  deps: RelayDeps,
  held: HeldRelay,
  slack: SlackApi,
  { method }: InFlight,
): Promise<void> {
  const { channel, view } = held.record;
  // A post that may not be looked for is made again: twice is better than not at all.
  if (method === 'chat.postMessage') {
    held.change({ inFlight: undefined });
    return;
  }
  const { message } = view;
  const from = message ? ((await messageStart(deps, held)) ?? firstSpot) : view.spot;
  held.change({ inFlight: undefined, view: inWhole(view, from) });
  if (!message) return;
  try {
    // So that the message does not end as an error of Slack's.
    await slack.call('chat.stopStream', { channel, ts: message.ts, session_status: 'processing' });
  } catch (error) {
    if (!(error instanceof SlackCallError)) throw error;
  }
}
