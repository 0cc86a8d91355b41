import { redact } from '../redact.ts';
import { ModelError, type ModelRequest } from './contract.ts';
import { type ErrorClass, type ErrorCode, errorClasses } from './error-classes.ts';
import { type ErrorFacts, errorFacts } from './error-facts.ts';
import { errorRules } from './error-rules.ts';
import { hideEcho } from './hide-echo.ts';
import { retryAfterMs } from './retry-after.ts';

/** Which call failed, for the administrator's sentence; its messages so that none of them gets into it. */
export type FailedRequest = Pick<ModelRequest, 'model' | 'attempt' | 'messages' | 'instructions'>;

/**
 * Classifies whatever a model call threw or sent as an error. Neither sentence nor the cause holds URLs' queries,
 * keys, headers (but the request's id) or what was sent.
 *
 * @param now epoch milliseconds, for a Retry-After that is a date
 */
export function classifyError(error: unknown, now: number, request?: FailedRequest): ModelError {
  if (error instanceof ModelError) return error;
  const facts = errorFacts(error);
  const code = codeOf(facts, request?.attempt ?? 1);
  const found: ErrorClass = errorClasses[code];
  const said = redact(hideEcho(facts.message.slice(0, 600), [request?.instructions, request?.messages]), 200);
  const wait = found.retryable ? retryAfterMs(facts, now) : undefined;
  return new ModelError(
    {
      retryable: found.retryable,
      code,
      sentence: found.quote && said ? `${found.sentence} It said: “${said}”` : found.sentence,
      adminSentence: `${happened(code, facts, request?.model)}${said ? `: “${said.replace(/\.$/, '')}”` : ''}. ${found.advice}`,
      ...(wait === undefined ? {} : { retryAfterMs: wait }),
    },
    // A copy: the original carries the request, its URL and its headers into any log that prints causes.
    { cause: new Error(said) },
  );
}

function codeOf(facts: ErrorFacts, attempt: number): ErrorCode {
  const rule = errorRules.find(
    ({ before, matches }) => (before === undefined || attempt < before) && matches(facts),
  );
  return rule?.code ?? 'unknown';
}

/** `anthropic/claude-x failed with overloaded (HTTP 529 overloaded_error, request req_1)`. */
function happened(code: ErrorCode, facts: ErrorFacts, model = 'The model call'): string {
  const words = [...facts.words].filter((word) => /^[a-z][\w.-]{2,59}$/.test(word) && !wrappers.has(word));
  const details = [
    [facts.status === undefined ? '' : `HTTP ${facts.status}`, ...words.slice(0, 2)]
      .filter(Boolean)
      .join(' '),
    facts.html ? 'a web page instead of an answer' : '',
    facts.requestId && /^[\w.:-]{4,80}$/.test(facts.requestId) ? `request ${facts.requestId}` : '',
  ].filter(Boolean);
  return `${model} failed with ${code}${details.length > 0 ? ` (${details.join(', ')})` : ''}`;
}

/** Names that every error of their kind has. */
const wrappers = new Set([
  'error',
  'typeerror',
  'ai_apicallerror',
  'ai_streamprovidererror',
  'response.failed',
]);
