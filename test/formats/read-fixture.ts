import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import type { Key } from '../../core/store/keys.ts';

/** What lay in table and bucket at one moment, as the version that wrote it left it. */
export interface Fixture {
  /** Items as the table holds them. */
  items: (Key & Record<string, unknown>)[];
  /** Bodies in the bucket, by name. */
  bodies?: Record<string, unknown>;
  /** Bytes in the bucket, by name, in base64. */
  files?: Record<string, string>;
  sessionId: string;
  turnIds?: string[];
  pauseId?: string;
  /** Epoch milliseconds of the moment, where it matters. */
  now?: number;
}

const folder = new URL('fixtures/', import.meta.url);

/** Names of all fixtures, without their ending. */
export function fixtureNames(): string[] {
  return readdirSync(folder).map((file) => file.replace(/\.json$/, ''));
}

/** SHA-256 of a fixture's JSON, in hex; how it is indented does not count. */
export function fixtureDigest(name: string): string {
  return createHash('sha256')
    .update(JSON.stringify(readFixture(name)))
    .digest('hex');
}

/** @typeParam T what the fixture holds besides items and bodies */
export function readFixture<T = object>(name: string): Fixture & T {
  return JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8')) as Fixture & T;
}
