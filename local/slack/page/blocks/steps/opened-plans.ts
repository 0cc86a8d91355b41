import { create } from 'zustand';

/** Where a plan stands; `thread` also says who looks. */
export type PlanPlace = { plan: string; thread: string; ts: string };

/** What somebody opened or folded: plan by plan, and by thread what was chosen last and at which message. */
export type OpenedPlans = {
  plans: Readonly<Record<string, boolean>>;
  threads: Readonly<Record<string, { open: boolean; ts: string }>>;
};

/** A plan is as it was left; one that follows in the same thread begins as the last one was left; else it is folded. */
export function isOpened({ plans, threads }: OpenedPlans, { plan, thread, ts }: PlanPlace): boolean {
  const own = plans[plan];
  if (own !== undefined) return own;
  const last = threads[thread];
  return last?.open === true && ts > last.ts;
}

export const withOpened = (
  { plans, threads }: OpenedPlans,
  { plan, thread, ts }: PlanPlace,
  open: boolean,
): OpenedPlans => ({
  plans: { ...plans, [plan]: open },
  threads: { ...threads, [thread]: { open, ts } },
});

const useOpened = create<OpenedPlans>(() => ({ plans: {}, threads: {} }));

/** Kept apart from the drawing: plans grow, and go out of sight and come back. */
export const useOpenedPlan = (place: PlanPlace): boolean => useOpened((state) => isOpened(state, place));

export const setOpenedPlan = (place: PlanPlace, open: boolean): void =>
  useOpened.setState((state) => withOpened(state, place, open));
