import type { ErrorFacts } from './error-facts.ts';

/** One row of the table: what an error of this class means and how it is known. */
export interface ErrorClass {
  code: string;
  retryable: boolean;
  sentence: string;
  /** Adds what the provider said, as far as it holds no secret. */
  quote?: boolean;
  matches(facts: ErrorFacts): boolean;
}

/** Statuses that say by themselves that another try may work: no sentence beside them counts. */
const transient: readonly (number | undefined)[] = [408, 429, 502, 503, 504];

const says =
  (...patterns: RegExp[]) =>
  ({ text, status }: ErrorFacts) =>
    !transient.includes(status) && patterns.some((pattern) => pattern.test(text));
const names =
  (...words: string[]) =>
  (facts: ErrorFacts) =>
    words.some((word) => facts.words.has(word));
const answered =
  (...statuses: number[]) =>
  ({ status }: ErrorFacts) =>
    status !== undefined && statuses.includes(status);
const any =
  (...tests: ((facts: ErrorFacts) => boolean)[]) =>
  (facts: ErrorFacts) =>
    tests.some((test) => test(facts));

const throttled = names(
  'rate_limit_error',
  'rate_limit_exceeded',
  'throttlingexception',
  'toomanyrequestsexception',
);
const quotaWords = says(
  /\bquota\b/,
  /\bbilling\b/,
  /credit balance/,
  /out of credits/,
  /usage limit/,
  /spending limit/,
  /payment required/,
);
const configurationWords = says(
  /inference profile/,
  /on-demand throughput/,
  /access to the model/,
  /model.{0,40}not supported/,
);

/**
 * Classes of model errors; the first that matches counts, so the order is part of the rules (capability 38, case
 * K-49): overloaded before everything, quota by its own word at any status, and words of a sentence nowhere beside
 * a status that is transient by itself.
 */
export const errorClasses: readonly ErrorClass[] = [
  {
    code: 'overloaded',
    retryable: true,
    sentence: 'The model is overloaded.',
    matches: any(
      answered(529),
      names('overloaded', 'overloaded_error', 'modelnotreadyexception'),
      ({ status, text }) => status !== 429 && /\boverloaded\b|\bat capacity\b/.test(text),
    ),
  },
  {
    code: 'quota',
    retryable: false,
    sentence:
      'The model’s quota is used up. An administrator has to check the plan and billing of its provider.',
    matches: any(
      answered(402),
      names('insufficient_quota', 'billing_hard_limit_reached', 'servicequotaexceededexception'),
      (facts) => !throttled(facts) && quotaWords(facts),
    ),
  },
  {
    code: 'context',
    retryable: false,
    sentence: 'This conversation has become longer than the model can read. Start a new thread to go on.',
    matches: any(
      names('context_length_exceeded'),
      answered(413),
      says(
        /context.?(length|window|size)/,
        /prompt is too long/,
        /input is too long/,
        /input tokens? exceeds?/,
        /maximum (number of )?(input )?tokens/,
        /content length exceeds/,
        /too many input tokens/,
      ),
    ),
  },
  {
    code: 'content_filter',
    retryable: false,
    sentence: 'The model’s content filter refused this request.',
    matches: any(
      names('content_filter', 'content_policy_violation', 'responsibleaipolicyviolation'),
      says(/content (management )?policy/, /content filter/),
    ),
  },
  {
    code: 'rate_limit',
    retryable: true,
    sentence: 'The model’s rate limit is reached.',
    matches: any(answered(429), throttled),
  },
  {
    code: 'model',
    retryable: false,
    sentence: 'The model is not available. An administrator has to check its name, region and access.',
    quote: true,
    matches: any(
      names('model_not_found', 'resourcenotfoundexception', 'ai_nosuchmodelerror'),
      configurationWords,
      says(/model.{0,80}(does not exist|not found|is invalid|identifier)/),
      answered(404),
    ),
  },
  {
    code: 'auth',
    retryable: false,
    sentence:
      'The model’s provider refused our credentials. An administrator has to check its key or permissions.',
    matches: any(
      answered(401, 403),
      names(
        'authentication_error',
        'permission_error',
        'invalid_api_key',
        'accessdeniedexception',
        'unrecognizedclientexception',
        'expiredtokenexception',
        'ai_loadapikeyerror',
        'ai_loadsettingerror',
      ),
      says(/api key/, /\bunauthorized\b/, /authentication/, /sigv4/),
    ),
  },
  {
    code: 'server',
    retryable: true,
    sentence: 'The model’s provider had an error.',
    matches: any(
      ({ status }) =>
        status !== undefined && (status >= 500 || status === 408 || status === 409 || status === 424),
      names('server_error', 'api_error', 'internalserverexception', 'modelstreamerrorexception', 'timeout'),
    ),
  },
  {
    code: 'unknown',
    retryable: false,
    sentence: 'The model refused the request.',
    quote: true,
    matches: ({ status }) => status !== undefined,
  },
  {
    code: 'network',
    retryable: true,
    sentence: 'The connection to the model broke.',
    matches: any(
      names(
        'econnreset',
        'econnrefused',
        'econnaborted',
        'epipe',
        'etimedout',
        'enotfound',
        'eai_again',
        'ehostunreach',
        'enetunreach',
        'und_err_socket',
        'und_err_connect_timeout',
        'und_err_headers_timeout',
        'und_err_body_timeout',
        'aborterror',
        'timeouterror',
      ),
      says(
        /fetch failed/,
        /socket hang up/,
        /\bterminated\b/,
        /other side closed/,
        /connection (error|reset|closed|was)/,
        /context canceled/,
        /cannot connect/,
      ),
    ),
  },
  {
    code: 'server',
    retryable: true,
    sentence: 'The model’s answer broke off or could not be read.',
    matches: any(
      names(
        'ai_nooutputgeneratederror',
        'ai_invalidresponsedataerror',
        'ai_jsonparseerror',
        'ai_typevalidationerror',
        'ai_emptyresponsebodyerror',
        'ai_streamprovidererror',
      ),
      says(/overflow|truncated message|checksum/),
    ),
  },
];
