import type { TurnRecord } from './record.ts';

/** The end of a turn that was asked to stop, with the sentence that people read. */
export function stopEnd(request: Pick<TurnRecord['stopRequest'] & object, 'cause'> | undefined) {
  const reason = request?.cause === 'interrupt' ? 'A newer message came in, so I stopped here.' : 'Stopped.';
  return { state: 'stopped', reason } as const;
}
