import type { PageDelivery } from '../../store/types.ts';
import type { MarkKind } from '../log/mark.tsx';

type Given = Pick<PageDelivery, 'state' | 'attempts' | 'droppedBecause'>;

/** What became of a delivery, as a sign and a word. */
export function markOf(delivery: Given): { kind: MarkKind; word: string } {
  switch (delivery.state) {
    case 'acknowledged':
      return { kind: 'ok', word: 'taken' };
    case 'failed':
      return { kind: 'error', word: 'failed' };
    case 'dropped':
      return { kind: 'dropped', word: 'not sent' };
    case 'no_url':
      return { kind: 'warning', word: 'no URL' };
    case 'pending':
      return delivery.attempts.some((one) => one.failure !== null)
        ? { kind: 'warning', word: 'will be tried again' }
        : { kind: 'waiting', word: 'under way' };
  }
}

const DROPPED: Record<NonNullable<PageDelivery['droppedBecause']>, string> = {
  fault: 'A fault that is on dropped it.',
  disabled: 'Slack switched the app’s events off because nearly all of them failed.',
  rate_limited: 'The app was sent as many events as Slack sends within an hour.',
  too_late: 'It was more than two hours late.',
};

/** Why a delivery did not reach the app, as a sentence; undefined when it did or still may. */
export function troubleOf(delivery: Given): string | undefined {
  if (delivery.state === 'no_url') return 'The app has no URL for this yet: set one in the tab “Simulator”.';
  if (delivery.state === 'dropped')
    return delivery.droppedBecause === undefined ? 'It was never sent.' : DROPPED[delivery.droppedBecause];
  const last = delivery.attempts.at(-1);
  if (!last?.failure) return undefined;
  return delivery.state === 'pending'
    ? `${failureWords(last)} Slack will try again.`
    : `${failureWords(last)} Slack gave up.`;
}

/** What went wrong with one try, as a sentence. */
export function failureWords(attempt: Pick<PageDelivery['attempts'][number], 'failure' | 'status'>): string {
  switch (attempt.failure) {
    case null:
      return '';
    case 'http_timeout':
      return 'The app did not answer in time.';
    case 'http_error':
      return attempt.status === null
        ? 'The app answered with an HTTP error.'
        : `The app answered ${attempt.status}; Slack wants 2xx.`;
    case 'connection_failed':
      return 'The app could not be reached.';
    case 'too_many_redirects':
      return 'The app redirected more than twice.';
    default:
      return `It failed: ${attempt.failure}.`;
  }
}
