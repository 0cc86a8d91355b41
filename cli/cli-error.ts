/** Exit codes of the command line; `--help` of each command repeats them. */
export const exitCodes = {
  done: 0,
  /** Something failed that nobody foresaw, was refused as things stand, or `doctor` found something to do. */
  failed: 1,
  /** The command was written wrongly. */
  usage: 2,
  /** There is no stack, or it cannot be reached. */
  noStack: 3,
  /** The stack has no session or turn of that name. */
  unknown: 3,
  /** Slack refused. */
  slack: 4,
} as const;

/** A failure whose message says what to do; shown without a stack trace. */
export class CliError extends Error {
  override readonly name = 'CliError';
  readonly exitCode: number;
  constructor(exitCode: number, message: string, options?: ErrorOptions) {
    super(message, options);
    this.exitCode = exitCode;
  }
}
