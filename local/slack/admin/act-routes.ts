import { Hono } from 'hono';
import { edit, post, remove, stop } from '../interactions/act.ts';
import { startAssistantThread } from '../interactions/assistant-thread.ts';
import { click, enterInMessage } from '../interactions/click.ts';
import { runCommand } from '../interactions/command.ts';
import { changeContext, openHome } from '../interactions/home.ts';
import { react } from '../interactions/react.ts';
import { renameSession } from '../interactions/rename-session.ts';
import { runShortcut } from '../interactions/shortcut.ts';
import { pingCommand } from '../interactions/ssl-check.ts';
import { suggest } from '../interactions/suggest.ts';
import type { Simulator } from '../simulator.ts';
import * as schemas from './act-schemas.ts';
import { bodyOf } from './body.ts';
import { appOf } from './find.ts';
import { adminMessage } from './state.ts';
import { viewRoutes } from './view-routes.ts';
import { personViews } from './views-state.ts';

/** Routes that do what a person does in Slack; what cannot be done there is 409 with a sentence. */
export function actRoutes(sim: Simulator): Hono {
  const routes = new Hono();
  routes.route('/view', viewRoutes(sim));
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
  routes.post('/react', async (context) =>
    context.json(adminMessage(react(sim, await bodyOf(context, schemas.react)))),
  );
  routes.post('/click', async (context) =>
    context.json(await click(sim, await bodyOf(context, schemas.click))),
  );
  routes.post('/input', async (context) =>
    context.json(enterInMessage(sim, await bodyOf(context, schemas.enter))),
  );
  routes.post('/options', async (context) =>
    context.json(await suggest(sim, await bodyOf(context, schemas.suggest))),
  );
  routes.post('/stop', async (context) => context.json(stop(sim, await bodyOf(context, schemas.stop))));
  routes.post('/title', async (context) =>
    context.json(renameSession(sim, await bodyOf(context, schemas.title))),
  );
  routes.post('/command', async (context) => {
    const { delivery, message } = await runCommand(sim, await bodyOf(context, schemas.command));
    return context.json({ delivery, message: message && adminMessage(message) });
  });
  routes.post('/shortcut', async (context) =>
    context.json(await runShortcut(sim, await bodyOf(context, schemas.shortcut))),
  );
  routes.post('/ssl-check', async (context) => {
    const given = await bodyOf(context, schemas.sslCheck);
    return context.json(await pingCommand(sim, appOf(sim, given.app), given.command));
  });
  routes.post('/home', async (context) => {
    const given = await bodyOf(context, schemas.home);
    openHome(sim, given);
    return context.json(personViews(sim, given.user));
  });
  routes.post('/context', async (context) => {
    changeContext(sim, await bodyOf(context, schemas.context));
    return context.json({});
  });
  routes.post('/assistant-thread', async (context) => {
    const given = await bodyOf(context, schemas.assistantThread);
    return context.json(adminMessage(startAssistantThread(sim, given)), 201);
  });
  return routes;
}
