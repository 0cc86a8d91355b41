import { Hono } from 'hono';
import { edit, post, remove, stop } from '../interactions/act.ts';
import { click } from '../interactions/click.ts';
import type { Simulator } from '../simulator.ts';
import { bodyOf } from './body.ts';
import * as schemas from './schemas.ts';
import { adminMessage } from './state.ts';

/** Routes that do what a person does in Slack. */
export function actRoutes(sim: Simulator): Hono {
  const routes = new Hono();
  routes.post('/post', async (context) =>
    context.json(adminMessage(post(sim, await bodyOf(context, schemas.post))), 201),
  );
  routes.post('/edit', async (context) =>
    context.json(adminMessage(edit(sim, await bodyOf(context, schemas.edit)))),
  );
  routes.post('/delete', async (context) => {
    remove(sim, await bodyOf(context, schemas.remove));
    return context.json({});
  });
  routes.post('/click', async (context) =>
    context.json(await click(sim, await bodyOf(context, schemas.click))),
  );
  routes.post('/stop', async (context) => context.json(stop(sim, await bodyOf(context, schemas.stop))));
  return routes;
}
