import { isObject, type Json, type JsonObject, parseJson } from '../json.ts';
import { ApiError } from './errors.ts';
import type { Basic } from './method.ts';

/** A call's arguments before any check, and the token they came with. */
export type RawCall = {
  args: JsonObject;
  token: string | undefined;
  basic?: Basic | undefined;
  json?: boolean;
};

/** What may stand as `charset` in a Content-Type. */
const CHARSETS = ['utf-8', 'utf8', 'iso-8859-1'];
const MAX_NAME = 255;

/**
 * Reads a call as Slack does on every method: form-urlencoded or JSON, or the query; the token in the header or
 * among the arguments (§1.1, §12 "must accept form (and JSON) on every method, header or body token"). Slack's own
 * client sends multipart where an argument is binary (§12 Wire).
 *
 * @throws ApiError invalid_json, json_not_object, invalid_form_data, invalid_charset, invalid_post_type,
 *   missing_post_type, invalid_array_arg, invalid_arg_name (§1.6 Generic)
 */
export async function readCall(request: Request): Promise<RawCall> {
  const body = request.method === 'POST' ? await readBody(request) : {};
  const query = new URL(request.url).searchParams;
  // Made of entries: a member `__proto__` is an argument like any other, not what the arguments inherit from.
  const args: JsonObject = Object.fromEntries<Json | undefined>([...query, ...Object.entries(body)]);
  checkNames(Object.keys(args));
  const authorization = request.headers.get('authorization') ?? '';
  const header = /^Bearer\s+(\S+)$/i.exec(authorization)?.[1];
  const inArgs = typeof args.token === 'string' && args.token !== '' ? args.token : undefined;
  delete args.token;
  const json = typeOf(request) === 'application/json';
  return { args, token: header ?? inArgs, basic: basicOf(authorization), json };
}

/** Names are words; `blocks[]` and `blocks[0]` are how some clients send lists, which Slack does not take. */
function checkNames(names: string[]): void {
  if (names.some((name) => /\[[^\]]*\]$/.test(name))) throw new ApiError('invalid_array_arg');
  const bad = names.some((name) => name.length > MAX_NAME || !/^[\w.-]+$/.test(name));
  if (bad) throw new ApiError('invalid_arg_name');
}

function basicOf(authorization: string): Basic | undefined {
  const encoded = /^Basic\s+(\S+)$/i.exec(authorization)?.[1];
  if (encoded === undefined) return undefined;
  const [user = '', ...rest] = Buffer.from(encoded, 'base64').toString().split(':');
  return { user, password: rest.join(':') };
}

async function readBody(request: Request): Promise<JsonObject> {
  const type = typeOf(request);
  checkCharset(request);
  if (type === 'multipart/form-data') return textFields(request);
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

function checkCharset(request: Request): void {
  const charset = /;\s*charset\s*=\s*"?([^\s;"]*)/i.exec(request.headers.get('content-type') ?? '')?.[1];
  if (charset !== undefined && !CHARSETS.includes(charset.toLowerCase()))
    throw new ApiError('invalid_charset');
}

async function textFields(request: Request): Promise<JsonObject> {
  try {
    const fields = [...(await request.formData())];
    return Object.fromEntries(
      fields.filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
    );
  } catch {
    throw new ApiError('invalid_form_data');
  }
}

function parse(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    throw new ApiError('invalid_json');
  }
}
