/** Why a delivery failed: the reasons of `x-slack-retry-reason` (§6). */
export type FailureReason =
  | 'http_timeout'
  | 'too_many_redirects'
  | 'connection_failed'
  | 'ssl_error'
  | 'http_error'
  | 'unknown_error';

const CONNECTION = /^(ECONN|ENOTFOUND|EAI_|EHOST|ENET|EPIPE|ETIMEDOUT|UND_ERR_(SOCKET|CONNECT))/;
const TLS = /^(ERR_TLS|ERR_SSL|EPROTO|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|HOSTNAME_MISMATCH)/;

/** The reason for what fetch threw; told apart by the code of its innermost cause. */
export function failureReason(error: unknown): FailureReason {
  const code = codeOf(error);
  if (TLS.test(code)) return 'ssl_error';
  return CONNECTION.test(code) ? 'connection_failed' : 'unknown_error';
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  const { code, cause } = error as Error & { code?: unknown };
  if (cause !== undefined) return codeOf(cause);
  // Several addresses were tried: the first failure stands for all.
  if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors[0]);
  return typeof code === 'string' ? code : '';
}
