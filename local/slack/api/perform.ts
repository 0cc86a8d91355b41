import type { JsonObject } from '../json.ts';
import type { Simulator } from '../simulator.ts';
import { readArgs } from './arguments.ts';
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
    applied: false,
  };
  try {
    const method = Object.hasOwn(METHODS, name) ? METHODS[name] : undefined;
    if (!method) throw new ApiError('unknown_method', { req_method: name });
    if (method.auth === 'none') {
      const { args, unknown } = readArgs(raw.args, method.args);
      done.unknownArguments = unknown;
      const warnings: string[] = [];
      const answer = method.run({ sim, args, warnings, basic: raw.basic });
      return { ...done, applied: true, body: { ok: true, ...answer, ...warned(answer, warnings) } };
    }
    const caller = authenticate(sim, raw.token);
    done.caller = caller;
    done.headers['x-oauth-scopes'] = caller.installation.scopes.join(',');
    done.headers['x-accepted-oauth-scopes'] = method.scopes.join(',');
    const channel = method.channelArgument ? raw.args[method.channelArgument] : undefined;
    const wait = sim.limits.take(
      {
        app: caller.app.id,
        team: caller.installation.teamId,
        method: name,
        channel: typeof channel === 'string' ? channel : undefined,
      },
      sim.clock.now(),
    );
    if (wait > 0) return { ...done, ...rateLimited(wait) };
    for (const scope of method.scopes) requireScope(caller, scope);
    const { args, unknown } = readArgs(raw.args, method.args);
    done.unknownArguments = unknown;
    const warnings: string[] = [];
    sim.streams.sweep();
    const answer = method.run({ sim, caller, args, warnings });
    done.applied = true;
    done.body = { ok: true, ...answer, ...warned(answer, warnings) };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    done.body = error.body();
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

/** Only bot tokens call here (§1.1). @throws ApiError not_authed, invalid_auth, token_revoked, not_allowed_token_type */
function authenticate(sim: Simulator, token: string | undefined): Caller {
  if (token === undefined) throw new ApiError('not_authed');
  if (token.startsWith('xoxp-')) throw new ApiError('not_allowed_token_type');
  const installation = sim.world.installationByToken(token);
  const app = installation && sim.world.apps.get(installation.appId);
  if (!app) throw new ApiError('invalid_auth');
  if (installation.revoked) throw new ApiError('token_revoked');
  return { app, installation };
}

function warned(answer: JsonObject, warnings: string[]): JsonObject {
  if (warnings.length === 0) return {};
  const metadata = answer.response_metadata as JsonObject | undefined;
  return { warning: warnings.join(','), response_metadata: { ...metadata, warnings } };
}
