import type { Simulator } from '../simulator.ts';
import type { Block } from '../world/types.ts';
import { drawnBlock } from './page-message.ts';
import { allViews, personViews } from './views-state.ts';
import type { AdminView, PersonViews } from './views-types.ts';

/** What is on a person's screen, for the page: texts parsed as in messages. */
export function pageViews(sim: Simulator, user: string): PersonViews {
  return drawn(personViews(sim, user));
}

/** The same of everybody. */
export function allPageViews(sim: Simulator): PersonViews[] {
  return allViews(sim).map(drawn);
}

function drawn({ modals, homes, ...rest }: PersonViews): PersonViews {
  return { ...rest, modals: modals.map(drawnView), homes: homes.map(drawnView) };
}

function drawnView(shown: AdminView): AdminView {
  const blocks = shown.view.blocks as Block[];
  return { ...shown, view: { ...shown.view, blocks: blocks.map(drawnBlock) } };
}
