import type { JsonObject } from '../json.ts';
import type { Simulator } from '../simulator.ts';
import type { App, Installation } from '../world/types.ts';
import type { Args, ArgTable } from './arguments.ts';

/** Who calls: a bot token stands for one app in one workspace (or in an organisation). */
export type Caller = { app: App; installation: Installation };

export type MethodCall = {
  sim: Simulator;
  caller: Caller;
  args: Args;
  /** Warnings to give back beside the answer, e.g. `message_truncated`. */
  warnings: string[];
};

/** One Web API method: its arguments, the scopes it needs, and what it does. */
export type Method = {
  args: ArgTable;
  /** All of these; a method whose scope depends on the channel checks it itself by `requireScope`. */
  scopes: string[];
  auth?: 'token';
  /** The argument that names the channel, for the limit of chat.postMessage (§2). */
  channelArgument?: string;
  run(call: MethodCall): JsonObject;
};

/** A method that needs no token (oauth.v2.access, blocks.validate): its arguments say who calls, if anybody does. */
export type OpenMethod = {
  auth: 'none';
  args: ArgTable;
  run(call: Omit<MethodCall, 'caller'> & { basic: Basic | undefined }): JsonObject;
};

/** `Authorization: Basic`: the client id and secret of an app (§8). */
export type Basic = { user: string; password: string };

export type AnyMethod = Method | OpenMethod;
