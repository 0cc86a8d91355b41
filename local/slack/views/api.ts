import { requireBlockScopes } from '../api/block-scopes.ts';
import { ApiError } from '../api/errors.ts';
import type { MethodCall } from '../api/method.ts';
import type { Trigger } from '../interactions/triggers.ts';
import { readView } from './read-view.ts';
import { MAX_STACK } from './store.ts';
import type { StoredView, ViewBody } from './types.ts';

/** views.open: the view becomes the person's modal (§4). @throws ApiError */
export function openView(call: MethodCall): StoredView {
  const { sim, caller } = call;
  const body = bodyOf(call, 'modal');
  const { user, channel } = spendTrigger(call, (trigger) => {
    requireFreeExternalId(call, body);
    return trigger;
  });
  return sim.views.open(user, caller.installation, body, channel ?? null);
}

/** views.push: a view above the one that the interaction came from (§4). @throws ApiError */
export function pushView(call: MethodCall): StoredView {
  const { sim } = call;
  const body = bodyOf(call, 'modal');
  const top = spendTrigger(call, ({ user, viewId }) => {
    const stack = sim.views.stack(user);
    const from = stack.find((view) => view.id === viewId);
    // The trigger must come from an interaction inside the modal that is open (§4); the code for it is our choice.
    if (viewId === undefined) throw new ApiError('invalid_trigger_id');
    const last = stack.at(-1);
    if (!from || !last) throw new ApiError('not_found');
    if (stack.length >= MAX_STACK) throw new ApiError('push_limit_reached');
    requireFreeExternalId(call, body);
    return last;
  });
  return sim.views.push(top, body);
}

/** views.update: a view by `view_id` or `external_id`, with `hash` only if nobody changed it since (§4). */
export function updateView(call: MethodCall): StoredView {
  const { sim, caller, args } = call;
  const id = args.string('view_id');
  const externalId = args.string('external_id');
  if ((id === undefined) === (externalId === undefined)) {
    throw ApiError.withMessages('invalid_arguments', ['[ERROR] must provide one of: view_id, external_id']);
  }
  const found =
    id === undefined
      ? sim.views.withExternalId(caller.installation.teamId, externalId ?? '')
      : sim.views.find(id);
  if (found?.installation.appId !== caller.app.id) throw new ApiError('not_found');
  const body = bodyOf(call, found.type);
  requireHash(call, found);
  requireFreeExternalId(call, body, found);
  return sim.views.update(found, body);
}

/** views.publish: a person's home (§4). @throws ApiError not_enabled, user_not_found, hash_conflict */
export function publishView(call: MethodCall): StoredView {
  const { sim, caller, args } = call;
  const body = bodyOf(call, 'home');
  if (!caller.app.homeTab) throw new ApiError('not_enabled');
  const person = sim.world.people.get(args.required('user_id'));
  if (!person || person.deleted || person.isBot) throw new ApiError('user_not_found');
  const known = sim.views.home(person.id, caller.installation);
  if (known) requireHash(call, known);
  requireFreeExternalId(call, body, known);
  return sim.views.publish(person.id, caller.installation, body);
}

function bodyOf({ args, caller }: MethodCall, type: ViewBody['type']): ViewBody {
  const body = readView(args.object('view') ?? {}, type);
  requireBlockScopes(caller, body.blocks);
  return body;
}

/** Uses the trigger up once everything else is known to be good (§4; what a refused call does to it is our choice). */
function spendTrigger<T>({ sim, caller, args }: MethodCall, ready: (trigger: Trigger) => T): T {
  // `interactivity_pointer` is another name for the same thing (§4).
  const id = args.string('trigger_id') ?? args.string('interactivity_pointer');
  if (id === undefined)
    throw ApiError.withMessages('invalid_arguments', ['[ERROR] missing required field: trigger_id']);
  const refusal = sim.triggers.refusal(caller.app.id, id);
  const trigger = sim.triggers.get(id);
  if (refusal !== null || !trigger) throw new ApiError(refusal ?? 'invalid_trigger_id');
  const result = ready(trigger);
  sim.triggers.consume(caller.app.id, id);
  return result;
}

function requireFreeExternalId({ sim, caller }: MethodCall, body: ViewBody, self?: StoredView): void {
  const holder = sim.views.withExternalId(caller.installation.teamId, body.externalId);
  if (holder && holder !== self) throw new ApiError('duplicate_external_id');
}

function requireHash({ args }: MethodCall, view: StoredView): void {
  const hash = args.string('hash');
  if (hash !== undefined && hash !== view.hash) throw new ApiError('hash_conflict');
}
