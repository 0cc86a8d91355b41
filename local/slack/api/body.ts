import { isObject, type JsonObject } from '../json.ts';
import { ApiError } from './errors.ts';
import type { Basic } from './method.ts';

/** A call's arguments before any check, and the token they came with. */
export type RawCall = {
  args: JsonObject;
  token: string | undefined;
  basic?: Basic | undefined;
  json?: boolean;
};

/**
 * Reads a call as Slack does on every method: form-urlencoded or JSON, or the query; the token in the header or
 * among the arguments (§1.1, §12 "must accept form (and JSON) on every method, header or body token"). Slack's own
 * client sends multipart where an argument is binary (§12 Wire).
 *
 * @throws ApiError invalid_json, json_not_object, invalid_post_type
 */
export async function readCall(request: Request): Promise<RawCall> {
  const args: JsonObject = Object.fromEntries(new URL(request.url).searchParams);
  if (request.method === 'POST') Object.assign(args, await readBody(request));
  const authorization = request.headers.get('authorization') ?? '';
  const header = /^Bearer\s+(\S+)$/i.exec(authorization)?.[1];
  const inArgs = typeof args.token === 'string' && args.token !== '' ? args.token : undefined;
  delete args.token;
  const json = typeOf(request) === 'application/json';
  return { args, token: header ?? inArgs, basic: basicOf(authorization), json };
}

function basicOf(authorization: string): Basic | undefined {
  const encoded = /^Basic\s+(\S+)$/i.exec(authorization)?.[1];
  if (encoded === undefined) return undefined;
  const [user = '', ...rest] = Buffer.from(encoded, 'base64').toString().split(':');
  return { user, password: rest.join(':') };
}

async function readBody(request: Request): Promise<JsonObject> {
  const type = typeOf(request);
  if (type === 'multipart/form-data') return textFields(await request.formData());
  const text = await request.text();
  if (type === 'application/json') {
    const value = parse(text === '' ? '{}' : text);
    if (!isObject(value)) throw new ApiError('json_not_object');
    return value;
  }
  if (type === 'application/x-www-form-urlencoded') return Object.fromEntries(new URLSearchParams(text));
  if (text === '') return {};
  throw new ApiError(type ? 'invalid_post_type' : 'missing_post_type');
}

function typeOf(request: Request): string {
  return (request.headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
}

function textFields(form: FormData): JsonObject {
  return Object.fromEntries(
    [...form].filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ApiError('invalid_json');
  }
}
