import type { Simulator } from '../simulator.ts';
import { adminView } from './views-state.ts';
import type { AdminView, ViewCondition } from './views-types.ts';
import { words } from './words.ts';

/** The views on people's screens that match a condition. */
export function matchingViews(sim: Simulator, want: ViewCondition): AdminView[] {
  return sim.views
    .all()
    .filter(
      (view) =>
        (want.user === undefined || view.user === want.user) &&
        (want.callback_id === undefined || view.callbackId === want.callback_id) &&
        (want.view_id === undefined || view.id === want.view_id) &&
        (want.type === undefined || view.type === want.type) &&
        (want.titleIncludes === undefined || words(view.title ?? undefined).includes(want.titleIncludes)),
    )
    .map(adminView)
    .filter(({ errors, failure, visibleText }) => {
      const faulty = Object.keys(errors).length > 0 || failure !== null;
      return (
        (want.textIncludes === undefined || visibleText.includes(want.textIncludes)) &&
        (want.hasError === undefined || faulty === want.hasError)
      );
    });
}
