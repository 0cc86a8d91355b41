import type { DeliveryFault } from '../faults/faults.ts';
import type { Sent } from './send.ts';

/** By how many seconds the signed timestamp is off (§7). */
export function skewSeconds(fault: DeliveryFault | undefined): number {
  return fault?.effect === 'skew' ? (fault.skewSeconds ?? 0) : 0;
}

/** What a try comes to that was asked to fail: nothing is sent. */
export function failed(fault: DeliveryFault | undefined): Sent | undefined {
  if (fault?.effect !== 'fail') return undefined;
  const failure = fault.reason ?? 'unknown_error';
  return { status: null, durationMs: 0, failure, answer: null, noRetry: false };
}

/** What of a fault goes on with the retries: a clock that is off stays off. */
export function repeated(fault: DeliveryFault | undefined): DeliveryFault | undefined {
  return fault?.effect === 'skew' ? fault : undefined;
}
