import type { RawAnswer } from '../../../admin/types.ts';
import { request } from '../../api/request.ts';
import type { JsonValue } from '../log/json-summary.ts';

export type Resendable = { app: string; kind: string; url: string | null; payload: JsonValue };

/** What the admin API is told to send the same payload again, signed anew. Commands travel as plain form fields. */
export function resendBody(record: Resendable, times: number): Record<string, unknown> {
  const { app, payload } = record;
  const url = record.url === null ? {} : { url: record.url };
  if (record.kind === 'events') return { app, target: 'events', payload, times, ...url };
  if (!isFields(payload)) return { app, target: 'interactions', payload, times, ...url };
  const body = new URLSearchParams(payload).toString();
  return { app, target: 'interactions', body, times, ...url };
}

/** Sends a delivery again, `times` times at once. @throws AdminError */
export const resend = (record: Resendable, times: number): Promise<RawAnswer[]> =>
  request('POST', '/deliver', resendBody(record, times));

const isFields = (payload: JsonValue): payload is Record<string, string> =>
  typeof payload === 'object' &&
  payload !== null &&
  !Array.isArray(payload) &&
  'command' in payload &&
  Object.values(payload).every((value) => typeof value === 'string');
