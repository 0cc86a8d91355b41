import type { DeliveryRecord } from '../events/delivery-log.ts';
import { ActError } from '../interactions/act-error.ts';
import { elementsIn } from '../interactions/elements.ts';
import { formContext, userOf } from '../interactions/payload.ts';
import { personOf } from '../interactions/who.ts';
import { isObject, type JsonObject, wire } from '../json.ts';
import type { Simulator } from '../simulator.ts';
import { appOf, enterInView, origin, topModal, type ViewInputs } from './act.ts';
import { readSubmissionAnswer, type SubmissionAnswer } from './answer.ts';
import { incompleteInputs } from './incomplete.ts';
import { MAX_STACK } from './store.ts';
import type { StoredView } from './types.ts';
import { viewObject } from './view-object.ts';

export type Submitted = {
  /** `incomplete`: Slack found faults itself and sent nothing; `failed`: the person sees that something went wrong. */
  outcome: 'closed' | 'cleared' | 'updated' | 'pushed' | 'errors' | 'incomplete' | 'failed';
  errors: Record<string, string>;
  /** Why it failed, for the developer. */
  reason: string | null;
  delivery: DeliveryRecord | null;
};

/** What a person reads when an app did not answer as it should. */
export const TROUBLE = 'We had some trouble connecting. Try again?';

/** Sends a modal: Slack's own check, then `view_submission`, then what the app's answer asks for (§4, §5). */
export async function submit(
  sim: Simulator,
  request: { user: string; view_id?: string | undefined; values?: ViewInputs | undefined },
): Promise<Submitted> {
  const view = topModal(sim, request.user, request.view_id);
  if (!view.submit) throw new ActError('this view has no submit button');
  const app = appOf(sim, view);
  if (request.values) enterInView(sim, { user: view.user, view_id: view.id, values: request.values });
  view.errors = incompleteInputs(view);
  view.failure = null;
  if (Object.keys(view.errors).length > 0) {
    sim.views.changed(view.user);
    return { outcome: 'incomplete', errors: view.errors, reason: null, delivery: null };
  }
  giveFiles(sim, view);
  view.submitting = true;
  sim.views.changed(view.user);
  const person = personOf(sim, view.user);
  const payload = {
    type: 'view_submission',
    user: userOf(person),
    api_app_id: app.id,
    ...formContext(sim, app, view.installation, person),
    trigger_id: sim.triggers.create(app.id, view.user, origin(view)),
    view: viewObject(view, { values: true }),
    response_urls: responseUrls(sim, view),
  };
  const delivery = await sim.deliverer.interaction(app, 'view_submission', wire(payload));
  view.submitting = false;
  return { ...applied(sim, view, answerOf(sim, view, delivery)), delivery };
}

function answerOf(sim: Simulator, view: StoredView, delivery: DeliveryRecord): SubmissionAnswer {
  const attempt = delivery.attempts.at(-1);
  if (delivery.state !== 'acknowledged' || !attempt) {
    return { action: 'unusable', reason: attempt?.failure ?? delivery.state };
  }
  const answer = readSubmissionAnswer(view, attempt.status ?? 0, attempt.answer ?? '');
  const next = answer.action === 'update' || answer.action === 'push' ? answer.body : undefined;
  if (!next) return answer;
  if (answer.action === 'push' && sim.views.stack(view.user).length >= MAX_STACK) {
    return { action: 'unusable', reason: 'push_limit_reached' };
  }
  const holder = sim.views.withExternalId(view.installation.teamId, next.externalId);
  const taken = holder !== undefined && !(answer.action === 'update' && holder === view);
  return taken ? { action: 'unusable', reason: 'duplicate_external_id' } : answer;
}

function applied(sim: Simulator, view: StoredView, answer: SubmissionAnswer): Omit<Submitted, 'delivery'> {
  const done = { errors: {}, reason: null };
  const stack = sim.views.stack(view.user);
  const [root] = stack;
  // Another modal was opened meanwhile: there is nothing left to change.
  if (!stack.includes(view)) return { ...done, outcome: 'closed' };
  switch (answer.action) {
    case 'close':
      sim.views.removeFrom(view);
      return { ...done, outcome: 'closed' };
    case 'clear':
      if (root) sim.views.removeFrom(root);
      return { ...done, outcome: 'cleared' };
    case 'update':
      sim.views.update(view, answer.body);
      return { ...done, outcome: 'updated' };
    case 'push':
      sim.views.push(view, answer.body);
      return { ...done, outcome: 'pushed' };
    case 'errors':
      view.errors = answer.errors;
      sim.views.changed(view.user);
      return { ...done, outcome: 'errors', errors: answer.errors };
    case 'unusable':
      view.failure = TROUBLE;
      sim.views.changed(view.user);
      return { ...done, outcome: 'failed', reason: answer.reason };
  }
}

/** What was chosen in file inputs can be read by the app from now on, as if it had been shared with it. */
function giveFiles(sim: Simulator, view: StoredView): void {
  for (const { type, blockId, actionId } of elementsIn(view.blocks)) {
    const files = type === 'file_input' ? view.values[blockId]?.[actionId]?.files : [];
    for (const file of Array.isArray(files) ? files.filter(isObject) : []) {
      const stored = sim.files.get(String(file.id));
      if (stored) stored.givenTo = [...(stored.givenTo ?? []), view.installation.appId];
    }
  }
}

/** A response_url for each conversation that was chosen where the app asked for one (§5 view_submission). */
function responseUrls(sim: Simulator, view: StoredView): JsonObject[] {
  return elementsIn(view.blocks).flatMap(({ input, element, blockId, actionId }) => {
    if (!input || element.response_url_enabled !== true) return [];
    const value = view.values[blockId]?.[actionId];
    const channelId = value?.selected_conversation ?? value?.selected_channel;
    const channel = typeof channelId === 'string' ? sim.world.channels.get(channelId) : undefined;
    if (!channel) return [];
    const target = { installation: view.installation, channel, user: view.user };
    const path = sim.responseUrls.create('app', target);
    return [{ block_id: blockId, action_id: actionId, channel_id: channel.id, response_url: sim.url + path }];
  });
}
