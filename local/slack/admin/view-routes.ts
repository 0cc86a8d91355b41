import { Hono } from 'hono';
import type { Simulator } from '../simulator.ts';
import { actInView, enterInView } from '../views/act.ts';
import { close } from '../views/close.ts';
import { submit } from '../views/submit.ts';
import * as schemas from './act-schemas.ts';
import { bodyOf } from './body.ts';
import { personViews } from './views-state.ts';

/** What a person does in a modal or in a home. */
export function viewRoutes(sim: Simulator): Hono {
  const routes = new Hono();
  routes.post('/state', async (context) => {
    const given = await bodyOf(context, schemas.viewState);
    enterInView(sim, given);
    return context.json(personViews(sim, given.user));
  });
  routes.post('/action', async (context) =>
    context.json(await actInView(sim, await bodyOf(context, schemas.viewAction))),
  );
  routes.post('/submit', async (context) => {
    const given = await bodyOf(context, schemas.viewSubmit);
    return context.json({ ...(await submit(sim, given)), views: personViews(sim, given.user) });
  });
  routes.post('/close', async (context) => {
    const given = await bodyOf(context, schemas.viewClose);
    return context.json({ deliveries: await close(sim, given), views: personViews(sim, given.user) });
  });
  return routes;
}
