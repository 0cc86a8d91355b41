import { isObject, type Json } from '../json.ts';

/** Members of calls and answers that are secrets. */
const SECRETS = [
  'access_token',
  'client_secret',
  'code_verifier',
  'refresh_token',
  'signing_secret',
  'token',
];

/** A token as the call log shows it: its kind and its last characters. */
export function mask(token: string): string {
  return `${token.slice(0, 5)}…${token.slice(-4)}`;
}

/** A copy for the call log: secrets are masked wherever they stand. */
export function maskSecrets<T extends Json>(value: T): T;
export function maskSecrets(value: Json): Json {
  if (Array.isArray(value)) return value.map((item) => maskSecrets(item));
  if (!isObject(value)) return value;
  const members = Object.entries(value).map(([name, member]) => [
    name,
    typeof member === 'string' && SECRETS.includes(name)
      ? mask(member)
      : member === undefined
        ? member
        : maskSecrets(member),
  ]);
  return Object.fromEntries(members);
}
