import type { ErrorCode } from './error-classes.ts';
import type { ErrorFacts } from './error-facts.ts';
import { all, answered, any, type ErrorTest, names, says } from './match-error.ts';

/** One row of the table: the class of an error that the test knows. */
export interface ErrorRule {
  code: ErrorCode;
  matches: ErrorTest;
  /** The rule counts for attempts before this one only: what may be a passing fault is one no more from then on. */
  before?: number;
}

const throttled = names(
  'rate_limit_error',
  'rate_limit_exceeded',
  'throttlingexception',
  'toomanyrequestsexception',
);
/** One request that is larger than a minute's allowance: no waiting makes it smaller. */
const largerThanLimit: ErrorTest = ({ text }) =>
  /request too large for .{1,200}limit \d+, requested \d+/.test(text);
const waits: ErrorTest = ({ headers }) => headers['retry-after'] !== undefined;
const htmlPage: ErrorTest = ({ html }) => html;

/** OpenSSL's verdicts as Node names them, and what speaking TLS to something else gives. */
const badCertificate = names(
  'cert_has_expired',
  'cert_not_yet_valid',
  'cert_revoked',
  'cert_untrusted',
  'cert_rejected',
  'cert_signature_failure',
  'cert_chain_too_long',
  'depth_zero_self_signed_cert',
  'self_signed_cert_in_chain',
  'unable_to_get_issuer_cert',
  'unable_to_get_issuer_cert_locally',
  'unable_to_verify_leaf_signature',
  'hostname_mismatch',
  'invalid_ca',
  'invalid_purpose',
  'err_tls_cert_altname_invalid',
  'err_ssl_wrong_version_number',
  'err_ssl_packet_length_too_long',
);

/**
 * Which error is of which class; the first row that matches counts, so the order is part of the rules (capability
 * 38, cases K-28, K-49; precedence of K-CL 5). Words that name an error count everywhere; sentences count only where
 * no transient status stands beside them; ordinary words (T-9) and numbers inside sentences never count.
 */
export const errorRules: readonly ErrorRule[] = [
  {
    code: 'overloaded',
    matches: any(
      answered(529),
      names('overloaded', 'overloaded_error', 'modelnotreadyexception'),
      all(
        ({ status }) => status === undefined || status >= 500,
        ({ text }) => /\boverloaded\b|\bat capacity\b/.test(text),
      ),
    ),
  },
  {
    code: 'quota',
    matches: any(
      names(
        'insufficient_quota',
        'billing_hard_limit_reached',
        'billing_not_active',
        'billing_error',
        'enforced_spend_limit_reached',
        'servicequotaexceededexception',
      ),
      all(answered(402), (facts) => !waits(facts)),
      all(
        (facts) => !throttled(facts),
        says(
          /exceeded .{0,40}\bquota\b/,
          /\bquota\b .{0,20}(exceeded|exhausted|used up)/,
          /insufficient (balance|credits?|funds|quota)/,
          /credit balance/,
          /out of credits/,
          /\busage limits?\b/,
          /\bspend(ing)? limit/,
          /\bbilling (details|account|hard limit|is)\b/,
          /payment required/,
        ),
      ),
    ),
  },
  {
    code: 'auth',
    matches: any(
      answered(401),
      names(
        'authentication_error',
        'invalid_api_key',
        'unrecognizedclientexception',
        'invalidsignatureexception',
        'expiredtokenexception',
        'credentialsprovidererror',
        'ai_loadapikeyerror',
      ),
    ),
  },
  {
    code: 'context',
    matches: any(
      names('context_length_exceeded', 'exceed_context_size_error', 'request_too_large'),
      answered(413),
      largerThanLimit,
      says(
        /context.?(length|window|size|limit)/,
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
    matches: any(
      names('content_filter', 'content_policy_violation', 'responsibleaipolicyviolation'),
      says(
        /content (management )?policy/,
        /content filter/,
        /input was flagged/,
        /flagged as potentially violating/,
      ),
    ),
  },
  {
    code: 'model',
    matches: any(
      names('model_not_found', 'resourcenotfoundexception', 'ai_nosuchmodelerror'),
      says(
        /inference profile/,
        /on-demand throughput/,
        /access to the model/,
        /model access is denied/,
        /organization must be verified/,
        /model.{0,40}not supported/,
        /model.{0,80}(does not exist|not found|is invalid|identifier)/,
        /use.case (form|details)/,
      ),
    ),
  },
  {
    code: 'blocked',
    matches: any(
      names('unsupported_country_region_territory'),
      all(answered(403), any(htmlPage, names('forbidden'))),
      answered(407),
      says(/unsupported countries/),
    ),
  },
  {
    code: 'auth',
    matches: any(
      answered(403),
      names('permission_error', 'accessdeniedexception'),
      says(
        /(invalid|incorrect|missing|no) api key\b/,
        /\bapi key (is |was )?(not|invalid|missing|expired)\b/,
        /^unauthorized/m,
        /^aws sigv4 authentication requires/m,
      ),
    ),
  },
  { code: 'rate_limit', matches: any(answered(429), throttled, all(answered(402), waits)) },
  {
    code: 'disabled',
    matches: any(
      names('account_deactivated'),
      says(/(organization|account) has been (disabled|deactivated)/),
    ),
  },
  // The peer's reason for ending a stream or a connection (RFC 9113, section 7).
  {
    code: 'network',
    matches: ({ http2 }) =>
      http2 !== undefined &&
      ['no_error', 'internal_error', 'refused_stream', 'cancel', 'enhance_your_calm'].includes(http2),
  },
  { code: 'unknown', matches: ({ http2 }) => http2 !== undefined },
  // A resolver or a peer in trouble looks for a moment like a host that is not there or speaks no TLS: three tries tell.
  { code: 'network', matches: names('enotfound', 'eproto'), before: 3 },
  {
    code: 'config',
    matches: any(
      badCertificate,
      names(
        'enotfound',
        'eproto',
        'err_invalid_url',
        'err_invalid_arg_value',
        'und_err_invalid_arg',
        'ai_loadsettingerror',
      ),
      // A path that nobody serves; a provider that does not know a model says so in words of its own.
      answered(404, 405),
      says(/chat completions stream while using the openai responses api/),
    ),
  },
  {
    code: 'server',
    matches: any(
      ({ status }) => status !== undefined && (status >= 500 || [408, 409, 424].includes(status)),
      names(
        'server_error',
        'api_error',
        'internal_server_error',
        'internalserverexception',
        'serviceunavailableexception',
        'modelstreamerrorexception',
        'modelerrorexception',
        'modeltimeoutexception',
        'timeout',
        'timeout_error',
      ),
    ),
  },
  {
    code: 'unknown',
    matches: any(
      ({ status }) => status !== undefined,
      names('invalid_request_error', 'badrequesterror', 'validationexception'),
    ),
  },
  {
    code: 'network',
    matches: any(
      names(
        'econnreset',
        'econnrefused',
        'econnaborted',
        'epipe',
        'etimedout',
        'eai_again',
        'ehostunreach',
        'enetunreach',
        'und_err_socket',
        'und_err_connect_timeout',
        'und_err_headers_timeout',
        'und_err_body_timeout',
        'und_err_aborted',
        'und_err_destroyed',
        'und_err_closed',
        'und_err_info',
        'aborterror',
        'timeouterror',
      ),
      says(
        /^(typeerror: )?fetch failed/m,
        /^socket hang up/m,
        /^(typeerror: )?terminated$/m,
        /^other side closed/m,
        /^connection (error|reset|closed|was)\b/m,
        /\bcontext canceled$/m,
        /^cannot connect to api/m,
        /^(unexpected )?eof$/m,
      ),
    ),
  },
  {
    code: 'server',
    before: 5,
    matches: unreadable,
  },
  // An answer that nobody could read five times is none of the API we speak.
  { code: 'config', matches: unreadable },
];

function unreadable(facts: ErrorFacts): boolean {
  return any(
    names(
      'ai_nooutputgeneratederror',
      'ai_invalidresponsedataerror',
      'ai_invalidstreamparterror',
      'ai_jsonparseerror',
      'ai_typevalidationerror',
      'ai_emptyresponsebodyerror',
      'ai_streamprovidererror',
    ),
    says(/\bchecksum/, /incomplete .{0,40}event-stream frame/),
  )(facts);
}
