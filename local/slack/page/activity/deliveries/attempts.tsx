import type { PageDelivery } from '../../store/types.ts';
import { durationOf, timeOf } from '../log/format.ts';
import { looksLikeJson } from '../log/json-summary.ts';
import { JsonTree } from '../log/json-tree.tsx';
import { failureWords } from './delivery-marks.ts';

/** Each try to deliver: when, why again, what the app answered. */
export function Attempts({ attempts }: { attempts: PageDelivery['attempts'] }) {
  return (
    <ol className="attempts">
      {attempts.map((attempt) => (
        <li key={`${attempt.retry}/${attempt.at}/${attempt.durationMs}`}>
          <p className="attempts-head">
            <b>{attempt.retry === 0 ? 'First try' : `Retry ${attempt.retry}`}</b>
            {attempt.reason !== null && <span>because of {attempt.reason}</span>}
            <span>{timeOf(attempt.at)}</span>
          </p>
          <p className={attempt.failure === null ? '' : 'bad'}>{outcome(attempt)}</p>
          {attempt.answer !== null && attempt.answer !== '' && (
            <JsonTree label="The app’s answer" value={looksLikeJson(attempt.answer) ?? attempt.answer} />
          )}
        </li>
      ))}
    </ol>
  );
}

function outcome(attempt: PageDelivery['attempts'][number]): string {
  if (attempt.durationMs === null) return 'Under way …';
  const took = durationOf(attempt.durationMs);
  if (attempt.failure !== null) return `${failureWords(attempt)} (${took})`;
  const empty = attempt.answer === null || attempt.answer === '' ? ', nothing in it' : '';
  return `Answered ${attempt.status} in ${took}${empty}`;
}
