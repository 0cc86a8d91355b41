/** List prices of AWS in us-east-1, in US dollars; secondary sources, November 2026. */
export const prices = {
  /** One state transition of a Standard workflow. */
  stateTransition: 25 / 1_000_000,
  /** One write request unit: 1 KB, twice that in a transaction. */
  writeUnit: 0.625 / 1_000_000,
  /** One read request unit: 4 KB strongly consistent, twice that eventually consistent. */
  readUnit: 0.125 / 1_000_000,
  /** One SQS request. */
  queueRequest: 0.4 / 1_000_000,
  /** One request to an HTTP API. */
  apiRequest: 1 / 1_000_000,
} as const;
