import { doors } from '../../agents/doors.ts';
import type { ChoicePlace } from '../../core/choices/place-rule.ts';
import { sessionIdOf } from '../../core/ids.ts';
import type { Log } from '../../core/log.ts';
import { chooseModel } from '../../core/models/overrides.ts';
import { admitPost } from '../../core/sessions/admit.ts';
import { renameSession } from '../../core/sessions/rename-session.ts';
import type { EventDeps } from '../../core/slack/inbound/handle-event.ts';
import { stopSession } from '../../core/turns/stop.ts';
import { stopByWord } from '../../core/turns/stop-word.ts';
import { readEnvironment, readSettings } from '../shared/environment.ts';
import { deployedSecret } from '../shared/secrets.ts';
import { turnDeps } from '../shared/turn-deps.ts';
import { createRequestNotice } from '../shared/wake-queue.ts';

export function eventDeps(log: Log): EventDeps {
  const env = readEnvironment(['SLUICE_SLACK_SECRET_ARN']);
  const deps = turnDeps(log);
  const { overrides, displays } = readSettings();
  const taking = {
    ...deps,
    doors,
    chooseModel: (place: ChoicePlace) => chooseModel(overrides, place),
    displays,
  };
  const secret = deployedSecret(env.SLUICE_SLACK_SECRET_ARN, deps.now);
  return {
    signingSecret: () => secret.field('signingSecret'),
    admitPost: (post) => admitPost(taking, post),
    stopSession: (press) => stopSession(deps, press),
    stopByWord: (post) => stopByWord(taking, post),
    renameSession: ({ title, at, ...thread }) =>
      renameSession(deps, { sessionId: sessionIdOf(thread), title, at }),
    requestNotice: createRequestNotice(deps.sendWake),
    log,
    now: deps.now,
  };
}
