import type { DeliveryRecord } from '../events/delivery-log.ts';
import { momentTs } from '../ids.ts';
import { ActError } from '../interactions/act-error.ts';
import { acted } from '../interactions/acted.ts';
import { elementOf, requireActsAtOnce } from '../interactions/click.ts';
import { type Values, withValue } from '../interactions/input-values.ts';
import { interactionContext, userOf } from '../interactions/payload.ts';
import { type Input, readInput } from '../interactions/read-input.ts';
import { personOf } from '../interactions/who.ts';
import { wire } from '../json.ts';
import type { Simulator } from '../simulator.ts';
import type { App } from '../world/types.ts';
import type { StoredView } from './types.ts';
import { viewObject } from './view-object.ts';

/** Inputs by block and action. */
export type ViewInputs = Record<string, Record<string, Input>>;

/** The view that a person means: the one named, or the top of the modal. @throws ActError */
export function viewOf(sim: Simulator, user: string, viewId: string | undefined): StoredView {
  personOf(sim, user);
  const found = viewId === undefined ? sim.views.stack(user).at(-1) : sim.views.find(viewId);
  if (found?.user !== user) throw new ActError(viewId ? `no view ${viewId} is open` : 'no modal is open');
  return found;
}

/** A view of the modal that is on top: only it can be filled in, sent and closed. @throws ActError */
export function topModal(sim: Simulator, user: string, viewId: string | undefined): StoredView {
  const view = viewOf(sim, user, viewId);
  if (view.type !== 'modal') throw new ActError('a home is not sent or closed');
  requireOnTop(sim, view);
  return view;
}

export function appOf(sim: Simulator, view: StoredView): App {
  const app = sim.world.apps.get(view.installation.appId);
  if (!app || view.installation.revoked) throw new ActError('the app is not installed any more');
  return app;
}

/** Enters values in a view; the app hears of them when the view is sent or another element acts. */
export function enterInView(
  sim: Simulator,
  request: { user: string; view_id?: string | undefined; values: ViewInputs },
): StoredView {
  const view = viewOf(sim, request.user, request.view_id);
  requireOnTop(sim, view);
  let values: Values = view.values;
  for (const [blockId, actions] of Object.entries(request.values)) {
    for (const [actionId, input] of Object.entries(actions)) {
      const placed = elementOf(view.blocks, actionId, blockId);
      const offered = sim.offered.of(view.user, view.id, placed);
      values = withValue(values, blockId, actionId, readInput({ sim, offered }, placed, input));
    }
  }
  sim.views.enter(view, values);
  return view;
}

/** Acts on an element of a modal or home: `block_actions` with the view instead of channel and message (§5). */
export async function actInView(
  sim: Simulator,
  request: {
    user: string;
    view_id?: string | undefined;
    action_id: string;
    block_id?: string | undefined;
  } & Input,
): Promise<DeliveryRecord> {
  const { user, view_id, action_id, block_id, ...input } = request;
  const view = viewOf(sim, user, view_id);
  requireOnTop(sim, view);
  const app = appOf(sim, view);
  const placed = elementOf(view.blocks, action_id, block_id);
  requireActsAtOnce(placed);
  const offered = sim.offered.of(user, view.id, placed);
  const moment = { user, actionTs: momentTs(sim.clock.now()) };
  const { action, value } = acted({ sim, offered }, placed, input, moment);
  if (value) sim.views.enter(view, withValue(view.values, placed.blockId, placed.actionId, value));
  const payload = {
    type: 'block_actions',
    user: userOf(personOf(sim, user)),
    api_app_id: app.id,
    ...interactionContext(sim, app, view.installation),
    container: { type: 'view', view_id: view.id },
    trigger_id: sim.triggers.create(app.id, user, origin(view)),
    view: viewObject(view, { values: true }),
    actions: [action],
  };
  return sim.deliverer.interaction(app, 'block_actions', wire(payload));
}

/** Where a trigger of this view comes from: a home is no modal to push onto. */
export function origin(view: StoredView): { viewId?: string; channel?: string } {
  return {
    ...(view.type === 'modal' ? { viewId: view.id } : {}),
    ...(view.conversation === null ? {} : { channel: view.conversation }),
  };
}

function requireOnTop(sim: Simulator, view: StoredView): void {
  if (view.type === 'modal' && sim.views.stack(view.user).at(-1) !== view) {
    throw new ActError('another view of the modal lies on top');
  }
  if (view.submitting) throw new ActError('the modal is being sent: the app has not answered yet');
}
