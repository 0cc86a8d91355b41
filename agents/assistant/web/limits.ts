/**
 * What fetching one web page may take, in milliseconds, bytes and UTF-16 characters. One table; whoever reads a page
 * gets it as an argument.
 */
export const webLimits = {
  urlCharacters: 2_000,
  /** Other ports are seldom pages and often somebody's inner services. */
  ports: [80, 443],
  redirects: 5,
  /** From the first name that is resolved to the last byte, all redirects included. */
  totalMs: 20_000,
  /** For each address that is tried, TLS included. */
  connectMs: 5_000,
  /** How many of a host's addresses are tried one after the other. */
  addressesTried: 3,
  headerBytes: 64 * 1024,
  /** Both as it comes over the wire and after decompression. A step can read 32 pages at a time. */
  bodyBytes: 2 * 1024 * 1024,
  /** Elements within elements; deeper ones are made to hurt parsers. */
  nesting: 500,
  titleCharacters: 300,
  /** One answer to the model, as JSON in UTF-8: half of what a tool's result may take, so that it is never cut. */
  answerBytes: 32 * 1024,
} as const;

export type WebLimits = {
  readonly [K in keyof typeof webLimits]: (typeof webLimits)[K] extends number ? number : readonly number[];
};
