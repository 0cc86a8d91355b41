import type { Fault } from '../../blocks/check.ts';
import { LIMITS } from '../../blocks/limits.ts';
import { inspectBlocks } from '../../blocks/validate.ts';
import { inspectMessage } from '../../blocks/validate-message.ts';
import { inspectView } from '../../blocks/validate-view.ts';
import { type Json, parseJson } from '../../json.ts';
import type { Args } from '../arguments.ts';
import { ApiError } from '../errors.ts';
import type { OpenMethod } from '../method.ts';

/** What can be checked: its argument, the error for what is bad, and the rules. */
const PAYLOADS: { name: string; error: string; inspect: (payload: Json) => Fault[] }[] = [
  { name: 'blocks', error: 'invalid_blocks', inspect: (payload) => inspectBlocks(payload, '') },
  { name: 'message', error: 'invalid_message', inspect: (payload) => inspectMessage(payload, '') },
  { name: 'view', error: 'invalid_view', inspect: (payload) => inspectView(payload, '') },
];

/** blocks.validate (§3): checks Block Kit without posting it; pointers begin at the payload. No token, no scope. */
export const blocksValidate: OpenMethod = {
  auth: 'none',
  args: {
    blocks: { type: 'string' },
    message: { type: 'string' },
    view: { type: 'string' },
  },
  run({ args }) {
    const given = PAYLOADS.filter(({ name }) => args.has(name));
    const [payload] = given;
    if (!payload || given.length > 1) throw refused('must provide exactly one of: blocks, message, view');
    const faults = payload.inspect(parse(args, payload.name));
    if (faults.length > 0) throw new ApiError(payload.error, { errors: faults.map(explained) });
    return {};
  },
};

function parse(args: Args, name: string): Json {
  const text = args.required(name);
  if (text.length > LIMITS.validatePayload)
    throw refused(`must be less than ${LIMITS.validatePayload + 1} characters [json-pointer:/${name}]`);
  try {
    return parseJson(text);
  } catch {
    throw refused(`must be a JSON string [json-pointer:/${name}]`);
  }
}

function refused(message: string): ApiError {
  return ApiError.withMessages('invalid_arguments', [`[ERROR] ${message}`]);
}

function explained({ message, pointer, constraint }: Fault) {
  return { code: 'failed_constraint', message, pointer, constraint };
}
