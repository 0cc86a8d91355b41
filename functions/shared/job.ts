import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import type { Log } from '../../core/log.ts';
import { type Measure, type ObserveOptions, observe } from './observe.ts';
import { once } from './once.ts';

/** What a function that nobody waits for at an HTTP route is made of. */
export interface Job<Event, Result, Deps>
  extends Pick<ObserveOptions<Event, Result>, 'name' | 'idsOf' | 'outcomeOf'> {
  makeDeps: (log: Log, measure: Measure) => Deps;
  run: (deps: Deps, event: Event, context: Context) => Promise<Result>;
}

/** A function around one call into core. What it throws is logged once and is the invoker's to try again. */
export function createJob<Event, Result, Deps>({
  name,
  idsOf,
  outcomeOf,
  makeDeps,
  run,
}: Job<Event, Result, Deps>) {
  const { log, measure, middleware } = observe<Event, Result>({
    name,
    ...(idsOf ? { idsOf } : {}),
    ...(outcomeOf ? { outcomeOf } : {}),
  });
  const deps = once(() => makeDeps(log, measure));
  return middy<Event, Result>()
    .use(middleware)
    .handler(async (event, context) => run(deps(), event, context));
}
