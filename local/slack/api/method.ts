import type { JsonObject } from '../json.ts';
import type { Token } from '../oauth/types.ts';
import type { Simulator } from '../simulator.ts';
import type { App, Installation } from '../world/types.ts';
import type { Args, ArgTable } from './arguments.ts';

/** Who calls: a token stands for an app in one workspace, or in an organisation's workspace that the call is about. */
export type Caller = {
  app: App;
  installation: Installation;
  /** Null where Slack itself acts for the bot: a `response_url`. */
  token: Token | null;
  /** The bot user, or the person whose token it is. */
  userId: string;
  /** Scopes of the token. */
  scopes: readonly string[];
};

export type MethodCall = {
  sim: Simulator;
  caller: Caller;
  args: Args;
  /** Warnings to give back beside the answer, e.g. `message_truncated`. */
  warnings: string[];
  /** For the call log: what Slack lets pass although it advises against it, as sentences. */
  notes?: string[];
};

/** One Web API method: its arguments, the scopes it needs, and what it does. */
export type Method = {
  args: ArgTable;
  /** All of these; a method whose scope depends on the channel checks it itself by `requireScope`. */
  scopes: string[];
  auth?: 'token';
  /** Kinds of token it takes, others are `not_allowed_token_type`; default: only a bot's. */
  tokens?: readonly Token['kind'][];
  /** With an org-wide token it needs `team_id` (§8): `missing_argument` without. */
  namesTeam?: boolean;
  /** Arguments are read from forms only, not from JSON (§11). */
  formOnly?: boolean;
  /** The argument that names the channel, for the limit of chat.postMessage (§2). */
  channelArgument?: string;
  run(call: MethodCall): JsonObject;
};

/** A method that needs no token (oauth.v2.access, blocks.validate): its arguments say who calls, if anybody does. */
export type OpenMethod = {
  auth: 'none';
  args: ArgTable;
  run(call: Omit<MethodCall, 'caller'> & { basic: Basic | undefined; token: string | undefined }): JsonObject;
};

/** `Authorization: Basic`: the client id and secret of an app (§8). */
export type Basic = { user: string; password: string };

export type AnyMethod = Method | OpenMethod;

/** The bot as a caller without a token of its own. */
export function botCaller(app: App, installation: Installation): Caller {
  const { botUserId: userId, scopes } = installation;
  return { app, installation, token: null, userId, scopes };
}
