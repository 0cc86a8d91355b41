/** What core needs of a logger; Powertools' logger fits. Fields never hold tokens, secrets or message texts. */
export interface Log {
  info(message: string, fields?: Record<string, unknown>): void;
  warn(message: string, fields?: Record<string, unknown>): void;
  error(message: string, fields?: Record<string, unknown>): void;
}
