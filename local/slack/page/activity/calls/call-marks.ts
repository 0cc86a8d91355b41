import type { PageCall } from '../../store/types.ts';
import type { MarkKind } from '../log/mark.tsx';

export type CallMark = { kind: MarkKind; word: string };

/** What became of a call, and what the simulator did to it: at most two signs. */
export function marksOf(
  call: Pick<PageCall, 'ok' | 'status' | 'error' | 'fault' | 'unknownArguments'>,
): CallMark[] {
  const marks: CallMark[] = [outcome(call)];
  if (call.fault !== null) marks.push({ kind: 'fault', word: 'with a fault' });
  else if (call.unknownArguments.length > 0) marks.push({ kind: 'warning', word: 'unknown arguments' });
  return marks;
}

function outcome(call: Pick<PageCall, 'ok' | 'status' | 'error'>): CallMark {
  if (call.ok) return { kind: 'ok', word: 'ok' };
  if (call.status === 429) return { kind: 'limited', word: 'rate limited (429)' };
  if (call.status === 0) return { kind: 'dropped', word: 'no answer was sent' };
  return { kind: 'error', word: 'error' };
}
