import { AlertTriangle, Ban, Check, CircleDashed, Gauge, X, Zap } from 'lucide-react';
import './mark.css';

/** What became of a call or a delivery; each has a sign, a colour and a word. */
export type MarkKind = 'ok' | 'error' | 'limited' | 'fault' | 'warning' | 'waiting' | 'dropped';

const SIGNS = {
  ok: Check,
  error: X,
  limited: Gauge,
  fault: Zap,
  warning: AlertTriangle,
  waiting: CircleDashed,
  dropped: Ban,
};

/** A small sign with a word for those who do not see it. */
export function Mark({ kind, word }: { kind: MarkKind; word: string }) {
  const Sign = SIGNS[kind];
  return (
    <span className={`mark ${kind}`} title={word}>
      <Sign size={12} strokeWidth={2.6} aria-hidden />
      <span className="visually-hidden">{word}</span>
    </span>
  );
}
