import { newId } from '../ids.ts';
import type { JsonObject } from '../json.ts';
import type { App, Installation } from '../world/types.ts';

/** The envelope of §6 around an inner event, for one installation. */
export function eventEnvelope(
  app: App,
  installation: Installation,
  event: JsonObject,
  given: { now: number; extShared: boolean },
): JsonObject & { event_id: string } {
  const context = { type: event.type, team: installation.teamId, channel: event.channel };
  return {
    token: app.verificationToken,
    team_id: installation.teamId,
    context_team_id: installation.teamId,
    context_enterprise_id: null,
    api_app_id: app.id,
    event,
    type: 'event_callback',
    event_id: newId('Ev'),
    event_time: Math.floor(given.now / 1000),
    // One entry even where several installations see the event (§6).
    authorizations: [
      {
        enterprise_id: null,
        team_id: installation.teamId,
        user_id: installation.botUserId,
        is_bot: true,
        is_enterprise_install: false,
      },
    ],
    is_ext_shared_channel: given.extShared,
    event_context: `4-${Buffer.from(JSON.stringify(context)).toString('base64url')}`,
  };
}
