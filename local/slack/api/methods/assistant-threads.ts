import { isObject, type JsonObject } from '../../json.ts';
import type { Channel } from '../../world/types.ts';
import { findChannel, requireCustomize } from '../checks.ts';
import { CUSTOMIZE_ARGS } from '../content.ts';
import { ApiError } from '../errors.ts';
import type { Method, MethodCall } from '../method.ts';
import { identityOf } from './set-status.ts';

const MAX_LOADING_MESSAGES = 10;
const MAX_LOADING_MESSAGE = 50;
const MAX_PROMPTS = 4;

/** assistant.threads.setStatus (§10.2): words below the thread for two minutes or until the reply; "" clears. */
export const assistantSetStatus: Method = {
  args: {
    channel_id: { type: 'string', required: true },
    thread_ts: { type: 'string', required: true },
    status: { type: 'string' },
    loading_messages: { type: 'array' },
    ...CUSTOMIZE_ARGS,
  },
  scopes: [],
  run(call) {
    const { sim, args, caller } = call;
    requireOneOf(call, ['chat:write', 'assistant:write']);
    requireCustomize(call);
    const text = args.string('status');
    if (text === undefined) {
      throw ApiError.withMessages('invalid_arguments', ['[ERROR] missing required field: status']);
    }
    const messages = loadingMessages(call);
    const channel = ownChannel(call);
    const given = { app: caller.app.id, text, messages, identity: identityOf(call) };
    sim.sessions.setLoading(channel.id, args.required('thread_ts'), given);
    return {};
  },
};

/** assistant.threads.setTitle (§10.2): the title of the thread's session. */
export const assistantSetTitle: Method = {
  args: {
    channel_id: { type: 'string', required: true },
    thread_ts: { type: 'string', required: true },
    title: { type: 'string', required: true },
  },
  scopes: ['assistant:write'],
  run(call) {
    const { sim, args, caller } = call;
    if (!caller.app.isAgent) throw new ApiError('not_agent_app');
    const channel = ownChannel(call);
    const [threadTs, title] = [args.required('thread_ts'), args.required('title')];
    const known = sim.sessions.rename(channel.id, threadTs, title) !== undefined;
    if (!known) sim.sessions.set(channel.id, threadTs, { app: caller.app.id, status: 'active', title });
    return {};
  },
};

/** assistant.threads.setSuggestedPrompts (§10.2): with `thread_ts` it does nothing in an agent view, silently. */
export const setSuggestedPrompts: Method = {
  args: {
    channel_id: { type: 'string', required: true },
    prompts: { type: 'array', required: true },
    title: { type: 'string' },
    thread_ts: { type: 'string' },
  },
  scopes: ['assistant:write'],
  run(call) {
    const { sim, args, caller, notes } = call;
    if (!caller.app.isAgent) throw new ApiError('not_agent_app');
    const prompts = readPrompts(args.array('prompts') ?? []);
    const channel = ownChannel(call);
    if (args.string('thread_ts')) {
      notes?.push('setSuggestedPrompts with thread_ts shows nothing in an agent view: leave it out (§10.2).');
      return {};
    }
    sim.prompts.set(channel.id, { app: caller.app.id, title: args.string('title') ?? '', prompts });
    sim.changes.emit({ type: 'world' });
    return {};
  },
};

/** A channel with the bot in it. @throws ApiError channel_not_found, not_in_channel */
function ownChannel(call: MethodCall): Channel {
  const channel = findChannel(call, call.args.required('channel_id'));
  if (!channel.members.has(call.caller.installation.botUserId)) throw new ApiError('not_in_channel');
  return channel;
}

function requireOneOf({ caller }: MethodCall, scopes: string[]): void {
  if (scopes.some((scope) => caller.scopes.includes(scope))) return;
  throw new ApiError('missing_scope', { needed: scopes.join(','), provided: caller.scopes.join(',') });
}

function loadingMessages({ args }: MethodCall): string[] {
  const given = args.array('loading_messages') ?? [];
  const faults = given.flatMap((one, at) => {
    const pointer = `[json-pointer:/loading_messages/${at}]`;
    if (typeof one !== 'string' || one === '') return [`[ERROR] must provide a string ${pointer}`];
    const long = one.length > MAX_LOADING_MESSAGE;
    return long ? [`[ERROR] must be less than ${MAX_LOADING_MESSAGE + 1} characters ${pointer}`] : [];
  });
  const outside = args.has('loading_messages') && (given.length < 1 || given.length > MAX_LOADING_MESSAGES);
  if (outside) faults.push('[ERROR] must have 1 to 10 items [json-pointer:/loading_messages]');
  if (faults.length > 0) throw ApiError.withMessages('invalid_arguments', faults);
  return given.map(String);
}

function readPrompts(given: unknown[]): { title: string; message: string }[] {
  const faults: string[] = [];
  if (given.length < 1 || given.length > MAX_PROMPTS) {
    faults.push('[ERROR] must have 1 to 4 items [json-pointer:/prompts]');
  }
  const prompts = given.map((one, at) => {
    const prompt: JsonObject = isObject(one) ? one : {};
    for (const name of ['title', 'message']) {
      const word = prompt[name];
      if (typeof word !== 'string' || word === '') {
        faults.push(`[ERROR] missing required field: ${name} [json-pointer:/prompts/${at}]`);
      }
    }
    return { title: String(prompt.title), message: String(prompt.message) };
  });
  if (faults.length > 0) throw ApiError.withMessages('invalid_arguments', faults);
  return prompts;
}
