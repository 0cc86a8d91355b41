import type { MiddlewareObj } from '@middy/core';
import { failed, type SlackAnswer } from '../../core/slack/inbound/answer.ts';

interface HttpResult {
  statusCode: number;
  headers: Record<string, string>;
  body: string;
}

/** What a Slack door's handler gives: core's answer, which becomes an HTTP API's result on the way out. */
export type DoorResult = SlackAnswer | HttpResult;

/**
 * Turns core's answer into what an HTTP API returns. A failure becomes a 500 that says nothing of its cause, and
 * no failed invocation: it is logged by then, Slack delivers again, and the container stays warm.
 */
export function httpAnswer<Event>(): MiddlewareObj<Event, DoorResult> {
  return {
    after: (request) => {
      if (request.response && 'status' in request.response) request.response = toHttp(request.response);
    },
    onError: (request) => {
      request.response = toHttp(failed('error'));
    },
  };
}

function toHttp({ status, headers, body }: SlackAnswer): HttpResult {
  return { statusCode: status, headers, body };
}
