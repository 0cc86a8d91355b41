/** What each misbehaviour does, for the details of a call or delivery: "A fault was on: …". */
const EFFECTS: Record<string, string> = {
  drop_request: 'the connection was closed before the call was applied, and no answer was sent.',
  drop_answer: 'the call was applied, then the connection was closed without an answer.',
  delay: 'it was late.',
  reset: 'the connection was reset.',
  hang: 'no answer ever came.',
  slow_body: 'the answer came in small pieces.',
  truncated_json: 'the answer ended in its middle.',
  revoke_token: 'the token was revoked at that moment, for good.',
  skew: 'it was signed with a wrong time.',
  fail: 'it was not sent and counted as failed.',
  http_error: 'an HTTP error was sent instead of the answer.',
  html: 'an HTML page was sent instead of JSON.',
  rate_limited: '429 was sent although the limit was not reached.',
  error: 'an error of your choice was sent.',
  drop: 'it was never sent.',
  duplicate: 'it was sent several times at once.',
  hold: 'it was held back until the next one had been sent.',
};

/** @param effect as the call log names it */
export const effectWords = (effect: string): string => EFFECTS[effect] ?? `${effect.replaceAll('_', ' ')}.`;
