import { newId } from '../ids.ts';
import type { JsonObject } from '../json.ts';
import type { App, Installation } from '../world/types.ts';

/**
 * The envelope of §6 around an inner event, for one installation.
 *
 * @param given.team where the event came from; in a channel that is shared with others it need not be the receiver's
 *   workspace, so apps go by `authorizations` and `context_team_id`
 */
export function eventEnvelope(
  app: App,
  installation: Installation,
  event: JsonObject,
  given: { now: number; extShared: boolean; team?: string | undefined },
): JsonObject & { event_id: string } {
  const { teamId, enterpriseId, isEnterpriseInstall } = installation;
  const context = { type: event.type, team: teamId, channel: event.channel };
  return {
    token: app.verificationToken,
    team_id: given.team ?? teamId,
    context_team_id: teamId,
    context_enterprise_id: enterpriseId,
    ...(enterpriseId === null ? {} : { enterprise_id: enterpriseId }),
    api_app_id: app.id,
    event,
    type: 'event_callback',
    event_id: newId('Ev'),
    event_time: Math.floor(given.now / 1000),
    // One entry even where several installations see the event (§6).
    authorizations: [
      {
        enterprise_id: enterpriseId,
        team_id: teamId,
        user_id: installation.botUserId,
        is_bot: true,
        is_enterprise_install: isEnterpriseInstall,
      },
    ],
    is_ext_shared_channel: given.extShared,
    event_context: `4-${Buffer.from(JSON.stringify(context)).toString('base64url')}`,
  };
}
