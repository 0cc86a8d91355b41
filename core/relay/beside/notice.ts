import { SlackCallError } from '../../slack/api.ts';
import type { RelayDeps } from '../deps.ts';
import type { WakeMessage } from '../wakes/wake.ts';

/**
 * Tells one person something in the thread, seen by nobody else. Best effort: what must be known for sure stands
 * in the records and on the card.
 */
export async function postNotice(
  deps: Pick<RelayDeps, 'findInstallation' | 'connectSlack' | 'log'>,
  notice: WakeMessage & { kind: 'notice' },
): Promise<void> {
  const { appId, installationId, channel, threadTs, userId, text } = notice;
  const installation = await deps.findInstallation(appId, installationId);
  if (!installation) return;
  try {
    await deps
      .connectSlack(installation.botToken)
      .call('chat.postEphemeral', { channel, thread_ts: threadTs, user: userId, text });
  } catch (error) {
    if (!(error instanceof SlackCallError)) throw error;
    deps.log.warn('notice not delivered', { channel, error: error.message });
  }
}
