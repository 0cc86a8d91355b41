import { Hono } from 'hono';
import { authorizeScreen } from '../oauth/authorize-screen.ts';
import { decide } from '../oauth/decide.ts';
import type { Simulator } from '../simulator.ts';
import { BadRequest, bodyOf } from './body.ts';
import * as schemas from './world-schemas.ts';

/** The authorize page's other side (§8): what it shows, and what a person answers. Faults are 200 with `error`. */
export function oauthRoutes(sim: Simulator): Hono {
  const routes = new Hono();

  routes.get('/authorize', (context) => {
    const query = schemas.authorizeQuery.safeParse(context.req.query());
    if (!query.success) throw new BadRequest(query.error.message);
    return context.json(authorizeScreen(sim, query.data));
  });

  routes.post('/authorize', async (context) => {
    const { user, team, enterprise, allow, query } = await bodyOf(context, schemas.authorize);
    const answer = decide(sim, query, { user, team, enterprise, allow });
    return context.json(answer);
  });

  return routes;
}
