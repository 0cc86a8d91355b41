import { Hono } from 'hono';
import { ActError } from '../interactions/act-error.ts';
import type { Simulator } from '../simulator.ts';
import { actRoutes } from './act-routes.ts';
import { appRoutes } from './app-routes.ts';
import { BadRequest, bodyOf } from './body.ts';
import { deliverRaw } from './deliver.ts';
import { feed } from './feed.ts';
import { fileRoutes } from './file-routes.ts';
import { appOf, withoutUndefined } from './find.ts';
import { oauthRoutes } from './oauth-routes.ts';
import { pageCall } from './page-call.ts';
import { pageDelivery } from './page-delivery.ts';
import { pageMessage } from './page-message.ts';
import { allPageViews } from './page-view.ts';
import { refusal } from './refusal.ts';
import * as schemas from './schemas.ts';
import { adminState } from './state.ts';
import type { WaitCondition } from './types.ts';
import { verifyUrl } from './verify-url.ts';
import { waitFor } from './wait.ts';
import { worldRoutes } from './world-routes.ts';

/** Entries of its logs that the page is given at once. */
const PAGE_ENTRIES = 600;

/** The admin API below `/_admin`: state, logs, acting as a person, waiting, misbehaviour. */
export function adminRoutes(sim: Simulator): Hono {
  const routes = new Hono();
  routes.onError((error, context) => {
    if (error instanceof BadRequest || error instanceof ActError) return refusal(context, error);
    console.error(error);
    return context.json({ error: String(error) }, 500);
  });
  routes.route('/', worldRoutes(sim));
  routes.route('/', appRoutes(sim));
  routes.route('/oauth', oauthRoutes(sim));
  routes.route('/act', actRoutes(sim));
  routes.route('/', fileRoutes(sim));

  routes.get('/state', (context) => {
    const state = adminState(sim);
    if (context.req.query('for') !== 'page') return context.json(state);
    const messages = sim.world.allMessages().map(pageMessage);
    return context.json({ ...state, messages, views: allPageViews(sim) });
  });
  routes.get('/calls', (context) => {
    const { method, after } = context.req.query();
    const calls = sim.calls.all().filter((call) => method === undefined || call.method === method);
    const later = calls.filter((call) => call.id > Number(after ?? 0));
    return context.json(
      context.req.query('for') === 'page' ? later.slice(-PAGE_ENTRIES).map(pageCall) : later,
    );
  });
  routes.get('/calls/:id', (context) => {
    const found = sim.calls.get(Number(context.req.param('id')));
    return found ? context.json(found) : context.json({ error: 'no such call' }, 404);
  });
  routes.get('/deliveries', (context) => {
    const { type, after } = context.req.query();
    const records = sim.deliveries.all().filter((one) => type === undefined || one.type === type);
    const later = records.filter((one) => one.id > Number(after ?? 0));
    return context.json(
      context.req.query('for') === 'page' ? later.slice(-PAGE_ENTRIES).map(pageDelivery) : later,
    );
  });
  routes.get('/deliveries/:id', (context) => {
    const found = sim.deliveries.all().find((one) => one.id === Number(context.req.param('id')));
    return found ? context.json(found) : context.json({ error: 'no such delivery' }, 404);
  });
  routes.get('/events', (context) => feed(sim, context));

  routes.post('/deliver', async (context) => {
    const given = await bodyOf(context, schemas.deliver);
    return context.json(await deliverRaw(sim, appOf(sim, given.app), given));
  });
  routes.post('/verify-url', async (context) => {
    const { app: id } = await bodyOf(context, schemas.whichApp);
    return context.json(await verifyUrl(sim, appOf(sim, id)));
  });

  routes.post('/wait', async (context) => {
    const { condition, timeoutMs } = await bodyOf(context, schemas.wait);
    const result = await waitFor(sim, condition as WaitCondition, timeoutMs, context.req.raw.signal);
    if (result) return context.json(result);
    return context.json({ error: `not within ${timeoutMs} ms`, condition, ...dump(sim) }, 408);
  });

  routes.get('/faults', (context) => context.json(sim.faults.all()));
  const faultsChanged = () => sim.changes.emit({ type: 'faults' });
  routes.post('/faults', async (context) => {
    const added = sim.faults.add(withoutUndefined(await bodyOf(context, schemas.fault)));
    faultsChanged();
    return context.json(added, 201);
  });
  routes.delete('/faults/:id', (context) => {
    const removed = sim.faults.remove(Number(context.req.param('id')));
    faultsChanged();
    return context.json({ removed });
  });
  routes.delete('/faults', (context) => {
    sim.faults.clear();
    faultsChanged();
    return context.json({});
  });

  routes.get('/rate-limits', (context) =>
    context.json({ enabled: sim.limits.enabled, counters: sim.limits.counters(sim.clock.now()) }),
  );
  routes.put('/rate-limits', async (context) => {
    const { enabled, rules } = await bodyOf(context, schemas.rateLimits);
    if (enabled !== undefined) sim.limits.enabled = enabled;
    if (rules) sim.limits.override(rules as Parameters<typeof sim.limits.override>[0]);
    return context.json({ enabled: sim.limits.enabled, counters: sim.limits.counters(sim.clock.now()) });
  });
  routes.delete('/rate-limits', (context) => {
    sim.limits.reset();
    return context.json({});
  });

  routes.get('/clock', (context) => context.json(sim.clock.state()));
  routes.put('/clock', async (context) => {
    const { freeze, restart, advanceMs } = await bodyOf(context, schemas.setClock);
    if (restart) sim.clock.restart();
    if (freeze) sim.clock.freeze();
    if (advanceMs) sim.clock.advance(advanceMs);
    return context.json(sim.clock.state());
  });
  routes.get('/options', (context) => context.json(sim.options));
  routes.put('/options', async (context) => {
    Object.assign(sim.options, withoutUndefined(await bodyOf(context, schemas.setOptions)));
    return context.json(sim.options);
  });
  routes.post('/reset', (context) => {
    sim.reset({ world: context.req.query('world') === 'true' });
    return context.json({});
  });
  return routes;
}

/** What helps to see why a wait failed: the last messages, calls and deliveries. */
function dump(sim: Simulator) {
  const state = adminState(sim);
  return {
    messages: state.messages.slice(-8).map((message) => ({
      channel: message.channel,
      ts: message.ts,
      threadTs: message.threadTs,
      user: message.user,
      streamingState: message.streamingState,
      actionIds: message.actionIds,
      text: message.visibleText.slice(0, 300),
    })),
    sessions: state.sessions.slice(-5),
    calls: sim.calls
      .all()
      .slice(-12)
      .map(({ id, method, status, error, at }) => ({ id, method, status, error, at })),
    deliveries: sim.deliveries
      .all()
      .slice(-8)
      .map(({ payload: _payload, ...delivery }) => delivery),
    faults: sim.faults.all(),
  };
}
