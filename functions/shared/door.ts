import middy from '@middy/core';
import type { Log } from '../../core/log.ts';
import type { SlackAnswer } from '../../core/slack/inbound/answer.ts';
import type { HttpRequest } from '../../core/slack/inbound/request-bytes.ts';
import { type DoorResult, httpAnswer } from './http-answer.ts';
import { observe } from './observe.ts';
import { once } from './once.ts';

/** A Slack door: one HTTP route around one call into core. */
export function createDoor<Deps>(
  name: string,
  makeDeps: (log: Log) => Deps,
  handle: (deps: Deps, request: HttpRequest) => Promise<SlackAnswer>,
) {
  const { log, middleware } = observe<HttpRequest, DoorResult>({ name, outcomeOf });
  const deps = once(() => makeDeps(log));
  return middy<HttpRequest, DoorResult>()
    .use(httpAnswer())
    .use(middleware)
    .handler(async (request) => handle(deps(), request));
}

function outcomeOf(result: DoorResult) {
  if (!('status' in result)) return { outcome: String(result.statusCode) };
  const { outcome, level, fields, status } = result;
  return { outcome, level, fields: { status, ...fields } };
}
