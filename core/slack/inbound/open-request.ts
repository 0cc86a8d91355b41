import { failed, refused, type SlackAnswer } from './answer.ts';
import { type HttpRequest, headerOf, requestBytes, textOf } from './request-bytes.ts';
import { type Verification, verifyRequest } from './verify-request.ts';

export interface OpenDeps {
  /** The app's signing secret; empty or undefined when none was put in yet. */
  signingSecret: () => Promise<string | undefined>;
  now: () => number;
}

export type OpenedRequest = { text: string } | { answer: SlackAnswer };

/**
 * The first step of both doors: the body's text if the request is Slack's, and the answer otherwise: 400 for
 * what cannot be checked, 403 for what is not signed, 500 where we have no secret to check with (case G-27).
 */
export async function openRequest(deps: OpenDeps, request: HttpRequest): Promise<OpenedRequest> {
  const body = requestBytes(request);
  const signed = {
    timestamp: headerOf(request, 'x-slack-request-timestamp'),
    signature: headerOf(request, 'x-slack-signature'),
    body,
  };
  const verification = verifyRequest(signed, await deps.signingSecret(), deps.now());
  if (verification !== 'valid') return { answer: answerTo(verification) };
  const text = textOf(body);
  return text === undefined
    ? { answer: refused(400, 'malformed', 'The body is not UTF-8.', { fields: { reason: 'not_utf8' } }) }
    : { text };
}

function answerTo(verification: Exclude<Verification, 'valid'>): SlackAnswer {
  switch (verification) {
    case 'missing_headers':
      return refused(400, verification, 'X-Slack-Signature or X-Slack-Request-Timestamp is missing.');
    case 'no_secret':
      return failed(verification, {
        fields: { hint: 'Put the app\'s signing secret into the Slack secret as {"signingSecret": "…"}.' },
      });
    case 'bad_timestamp':
    case 'stale':
      return refused(403, verification, 'The request timestamp is not within five minutes of now.');
    case 'bad_signature':
      return refused(403, verification, 'The signature does not match.');
  }
}
