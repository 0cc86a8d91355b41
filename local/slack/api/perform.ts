import type { JsonObject } from '../json.ts';
import { appOfClient } from '../oauth/client.ts';
import type { Simulator } from '../simulator.ts';
import type { App } from '../world/types.ts';
import type { World } from '../world/world.ts';
import { readArgs, unknownArguments } from './arguments.ts';
import { authenticate } from './authenticate.ts';
import type { RawCall } from './body.ts';
import { requireScope } from './checks.ts';
import { ApiError } from './errors.ts';
import type { Caller } from './method.ts';
import { METHODS } from './methods.ts';

/** What a method answered, before any misbehaviour. */
export type Performed = {
  status: number;
  headers: Record<string, string>;
  body: JsonObject;
  caller: Caller | undefined;
  unknownArguments: string[];
  /** For the call log: what Slack advises against. */
  notes: string[];
  /** False when the call was refused before the method ran. */
  applied: boolean;
};

/** Runs one call: method, token, limits, scopes, arguments, then the method itself. */
export function perform(sim: Simulator, name: string, raw: RawCall): Performed {
  const done: Performed = {
    status: 200,
    headers: {},
    body: {},
    caller: undefined,
    unknownArguments: [],
    notes: [],
    applied: false,
  };
  try {
    const method = Object.hasOwn(METHODS, name) ? METHODS[name] : undefined;
    if (!method) throw new ApiError('unknown_method', { req_method: name });
    // Before any check: a misspelt argument is what a refusal may come from.
    done.unknownArguments = unknownArguments(raw.args, method.args);
    if (method.auth === 'none') {
      const wait = takeOpen(sim, name, raw);
      if (wait > 0) return { ...done, ...rateLimited(wait) };
      const args = readArgs(raw.args, method.args);
      const warnings: string[] = [];
      const answer = method.run({ sim, args, warnings, basic: raw.basic, token: raw.token });
      return { ...done, applied: true, body: { ok: true, ...answer, ...warned(answer, warnings) } };
    }
    const caller = authenticate(sim, method, raw);
    done.caller = caller;
    done.headers['x-oauth-scopes'] = caller.scopes.join(',');
    // Where the scope depends on the channel, or none is needed, there is no list to give.
    if (method.scopes.length > 0) done.headers['x-accepted-oauth-scopes'] = method.scopes.join(',');
    const channel = method.channelArgument ? raw.args[method.channelArgument] : undefined;
    const { botUserId, teamId } = caller.installation;
    const wait = sim.limits.take(
      {
        app: caller.app.id,
        team: teamId,
        method: name,
        channel: typeof channel === 'string' ? sim.world.conversation(channel, botUserId)?.id : undefined,
      },
      sim.clock.now(),
    );
    if (wait > 0) return { ...done, ...rateLimited(wait) };
    for (const scope of method.scopes) requireScope(caller, scope);
    const args = readArgs(raw.args, method.args);
    const warnings: string[] = [];
    sim.streams.sweep();
    const answer = method.run({ sim, caller, args, warnings, notes: done.notes });
    done.applied = true;
    done.body = { ok: true, ...answer, ...warned(answer, warnings) };
  } catch (error) {
    if (!(error instanceof ApiError)) {
      // A fault of the simulator itself: Slack has a code for its own, and a caller gets that, not a 500.
      console.error(`The Slack simulator failed in ${name}:`, error);
      done.notes.push(`The simulator itself failed: ${String(error)}`);
    }
    done.body = (error instanceof ApiError ? error : new ApiError('fatal_error')).body();
  }
  return done;
}

/** 429 as in §2: whole seconds in Retry-After; `null` leaves the header out. */
export function rateLimited(retryAfter: number | null): Pick<Performed, 'status' | 'headers' | 'body'> {
  return {
    status: 429,
    headers: retryAfter === null ? {} : { 'retry-after': String(retryAfter) },
    body: { ok: false, error: 'ratelimited' },
  };
}

/** The app that a call without token names by its client id. */
export function appOfCall(world: World, { args, basic }: RawCall): App | undefined {
  const clientId = basic?.user ?? args.client_id;
  return appOfClient(world, typeof clientId === 'string' ? clientId : undefined);
}

/**
 * A call of a method that reads its token itself, or needs none, counts for the app that it names, if it names one;
 * the manifest API's for the configuration token.
 */
function takeOpen(sim: Simulator, method: string, raw: RawCall): number {
  const token = sim.world.tokens.get(raw.token ?? '');
  const own = token?.kind === 'config' || token?.kind === 'app' ? token : undefined;
  const app = own ? own.appId || 'config' : appOfCall(sim.world, raw)?.id;
  return app ? sim.limits.take({ app, team: own?.teamId ?? '', method }, sim.clock.now()) : 0;
}

function warned(answer: JsonObject, warnings: string[]): JsonObject {
  if (warnings.length === 0) return {};
  const metadata = answer.response_metadata as JsonObject | undefined;
  return { warning: warnings.join(','), response_metadata: { ...metadata, warnings } };
}
