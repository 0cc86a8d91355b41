import { INPUT_KINDS } from '../interactions/input-kinds.ts';
import type { Simulator } from '../simulator.ts';
import type { StoredView } from '../views/types.ts';
import { viewObject } from '../views/view-object.ts';
import type { AdminView, PersonViews } from './views-types.ts';
import { words } from './words.ts';

/** A view as the admin API shows it. */
export function adminView(view: StoredView): AdminView {
  const { user, errors, failure, submitting } = view;
  const shown = { user, view: viewObject(view, { values: true }), errors, failure, submitting };
  return { ...shown, visibleText: visibleText(view) };
}

/** What is on one person's screen. */
export function personViews(sim: Simulator, user: string): PersonViews {
  return {
    user,
    modals: sim.views.stack(user).map(adminView),
    homes: sim.views.homes(user).map(adminView),
    openHome: sim.views.tab(user),
  };
}

/** Everybody who has a modal or a home. */
export function allViews(sim: Simulator): PersonViews[] {
  return sim.views.people().map((user) => personViews(sim, user));
}

function visibleText(view: StoredView): string {
  const entered = Object.values(view.values)
    .flatMap((actions) => Object.values(actions))
    .map((value) => {
      const member = INPUT_KINDS[String(value.type)]?.member;
      const given = member && value[member];
      return typeof given === 'string' || typeof given === 'number' ? String(given) : words(given);
    });
  const parts = [view.title, view.submit, view.close].map((part) => words(part ?? undefined));
  const shown = [...parts, ...view.blocks.map(words), ...entered, ...Object.values(view.errors)];
  return [...shown, view.failure ?? ''].filter((part) => part !== '').join('\n');
}
