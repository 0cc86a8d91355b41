import { openView, publishView, pushView, updateView } from '../../views/api.ts';
import type { StoredView } from '../../views/types.ts';
import { viewObject } from '../../views/view-object.ts';
import type { ArgTable } from '../arguments.ts';
import type { Method, MethodCall } from '../method.ts';

const VIEW: ArgTable = { view: { type: 'object', required: true } };
const TRIGGER: ArgTable = { trigger_id: { type: 'string' }, interactivity_pointer: { type: 'string' } };

/** A method of views.*: no scope is needed (§4), the answer is the view. */
function method(args: ArgTable, run: (call: MethodCall) => StoredView): Method {
  return {
    args: { ...VIEW, ...args },
    scopes: [],
    run: (call) => ({ view: viewObject(run(call), { values: false }) }),
  };
}

/** views.open (§4). */
export const viewsOpen = method(TRIGGER, openView);

/** views.push (§4). */
export const viewsPush = method(TRIGGER, pushView);

/** views.update (§4). */
export const viewsUpdate = method(
  { view_id: { type: 'string' }, external_id: { type: 'string' }, hash: { type: 'string' } },
  updateView,
);

/** views.publish (§4). */
export const viewsPublish = method(
  { user_id: { type: 'string', required: true }, hash: { type: 'string' } },
  publishView,
);
