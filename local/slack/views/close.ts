import type { DeliveryRecord } from '../events/delivery-log.ts';
import { formContext, userOf } from '../interactions/payload.ts';
import { personOf } from '../interactions/who.ts';
import { wire } from '../json.ts';
import type { Simulator } from '../simulator.ts';
import { appOf, topModal } from './act.ts';
import type { StoredView } from './types.ts';
import { viewObject } from './view-object.ts';

/**
 * Closes a modal as a person: the top view, or with `all` (the ×) the whole stack; `clear_on_close` takes the stack
 * too. `view_closed` goes out for each closed view that asked for it, `is_cleared` when the whole stack went (§4).
 */
export async function close(
  sim: Simulator,
  request: { user: string; view_id?: string | undefined; all?: boolean | undefined },
): Promise<DeliveryRecord[]> {
  const top = topModal(sim, request.user, request.view_id);
  const whole = request.all === true || top.clearOnClose;
  const [root = top] = sim.views.stack(top.user);
  const closed = sim.views.removeFrom(whole ? root : top);
  const told = closed.filter((view) => view.notifyOnClose && !view.installation.revoked);
  return Promise.all(told.map((view) => tellClosed(sim, view, whole)));
}

function tellClosed(sim: Simulator, view: StoredView, cleared: boolean): Promise<DeliveryRecord> {
  const app = appOf(sim, view);
  const person = personOf(sim, view.user);
  const payload = {
    type: 'view_closed',
    user: userOf(person),
    api_app_id: app.id,
    ...formContext(sim, app, view.installation, person),
    view: viewObject(view, { values: false }),
    is_cleared: cleared,
  };
  return sim.deliverer.interaction(app, 'view_closed', wire(payload));
}
