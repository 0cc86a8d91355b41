import type { Fault } from '../blocks/check.ts';
import { faultMessage } from '../blocks/validate.ts';
import type { JsonObject } from '../json.ts';

/** An answer `{ok: false, error}` of the Web API, with Slack's own error code. */
export class ApiError extends Error {
  readonly code: string;
  readonly extra: JsonObject;

  constructor(code: string, extra: JsonObject = {}) {
    super(code);
    this.code = code;
    this.extra = extra;
  }

  /** With `response_metadata.messages`, as Slack explains argument errors. */
  static withMessages(code: string, messages: string[]): ApiError {
    return new ApiError(code, { response_metadata: { messages } });
  }

  /** For payloads that failed the Block Kit or chunk table (§3 "Error style of posting methods"). */
  static forFaults(code: string, faults: Fault[]): ApiError {
    const errors = faults.map(({ message }) => message);
    return new ApiError(code, { errors, response_metadata: { messages: faults.map(faultMessage) } });
  }

  body(): JsonObject {
    return { ok: false, error: this.code, ...this.extra };
  }
}
