import { redact } from '../redact.ts';
import { ModelError } from './contract.ts';
import { type ErrorClass, errorClasses } from './error-classes.ts';
import { errorFacts } from './error-facts.ts';
import { retryAfterMs } from './retry-after.ts';

const unforeseen: Omit<ErrorClass, 'matches'> = {
  code: 'unknown',
  retryable: false,
  sentence: 'The model call failed.',
  quote: true,
};

/**
 * Classifies whatever a model call threw or sent as an error. The sentence is for people; neither it nor the cause
 * holds URLs' queries, keys, headers or the request.
 *
 * @param now epoch milliseconds, for a Retry-After that is a date
 */
export function classifyError(error: unknown, now: number): ModelError {
  if (error instanceof ModelError) return error;
  const facts = errorFacts(error);
  const found = errorClasses.find((candidate) => candidate.matches(facts)) ?? unforeseen;
  const said = redact(facts.message, 200);
  const status = facts.status === undefined ? '' : ` (HTTP ${facts.status})`;
  const quoted = found.quote && said ? ` It said: “${said}”` : '';
  const retryAfter = retryAfterMs(facts.headers, now);
  return new ModelError(
    {
      retryable: found.retryable,
      code: found.code,
      sentence: `${found.sentence.slice(0, -1)}${status}.${quoted}`,
      ...(retryAfter === undefined ? {} : { retryAfterMs: retryAfter }),
    },
    // A copy: the original carries the request, its URL and its headers into any log that prints causes.
    { cause: new Error(said) },
  );
}
