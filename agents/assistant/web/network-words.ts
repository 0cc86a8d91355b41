/** What went wrong on the network, by the code of Node, of its resolver, TLS, HTTP parser or zlib. */
const words: readonly (readonly [RegExp, string])[] = [
  [/^(ENOTFOUND|ENODATA)$/, 'there is no site of that name.'],
  [/^EAI_|^E(SERVFAIL|TIMEOUT|REFUSED)$/, 'its name could not be looked up at the moment.'],
  [/^ECONNREFUSED$/, 'the site does not accept connections.'],
  [/^(ENETUNREACH|EHOSTUNREACH|EADDRNOTAVAIL)$/, 'the site cannot be reached from here.'],
  [/^(ECONNRESET|EPIPE|ECONNABORTED|UND_ERR_SOCKET)$/, 'the site broke the connection off.'],
  [/^ETIMEDOUT$/, 'the site did not answer in time.'],
  [/^CERT_HAS_EXPIRED$/, 'the site’s certificate has expired.'],
  [/^ERR_TLS_CERT_ALTNAME/, 'the site’s certificate is for another name.'],
  [/CERT|SELF_SIGNED|UNABLE_TO/, 'the site’s certificate is not to be trusted.'],
  [/^(EPROTO|ERR_SSL|ERR_TLS)/, 'no secure connection to the site could be made.'],
  [/^HPE_HEADER_OVERFLOW$/, 'the site’s answer has too large a head.'],
  [/^HPE_/, 'what answers there does not speak HTTP.'],
  [/^(Z_|ERR__ERROR|ERR_BROTLI|ERR_PADDING)/, 'its content is compressed in a way that cannot be read.'],
];

/** A network's error as the end of a sentence that begins with the page; without addresses of any network. */
export function inNetworkWords(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return words.find(([pattern]) => pattern.test(code))?.[1] ?? 'the connection failed.';
}

/** An HTTP status as the end of a sentence that begins with the page; for all but 2xx and followed redirects. */
export function inStatusWords(status: number): string {
  if (status === 401 || status === 407)
    return `it asks for a sign-in (${status}); only public pages can be read.`;
  if (status === 403 || status === 451) return `the site does not let it be read (${status}).`;
  if (status === 404 || status === 410) return `there is no such page (${status}).`;
  if (status === 429) return 'the site asks to slow down (429); do not try again at once.';
  if (status >= 500) return `the site has a failure of its own (${status}).`;
  return `the site answered with status ${status} and no page.`;
}
