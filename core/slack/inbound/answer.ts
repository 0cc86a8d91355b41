/** What Slack gets, and what the invocation's log line says about it. */
export interface SlackAnswer {
  status: number;
  body: string;
  headers: Record<string, string>;
  /** One word or two for the log and the metrics: `started`, `ignored`, `bad_signature`, … */
  outcome: string;
  level: 'info' | 'warn' | 'error';
  /** Ids and reasons for the log; never texts, tokens or secrets. */
  fields: Record<string, string | number | undefined>;
}

type Facts = Partial<Pick<SlackAnswer, 'level' | 'fields'>>;

/** 200 with an empty body: what Slack wants for everything that was taken or is not for us. */
export function accepted(outcome: string, facts: Facts = {}): SlackAnswer {
  return { status: 200, body: '', headers: {}, outcome, level: 'info', fields: {}, ...facts };
}

/** 200 with JSON, for the answers that Slack reads. */
export function acceptedJson(outcome: string, body: unknown, facts: Facts = {}): SlackAnswer {
  return { ...accepted(outcome, facts), body: JSON.stringify(body), headers: jsonHeaders };
}

/**
 * A request that is not worth repeating: the body says what was wrong with it and nothing about us.
 * `x-slack-no-retry` ends Slack's own retries of an event (they would fail the same way).
 */
export function refused(
  status: 400 | 403,
  outcome: string,
  sentence: string,
  facts: Facts = {},
): SlackAnswer {
  return {
    status,
    body: JSON.stringify({ error: sentence }),
    headers: { ...jsonHeaders, 'x-slack-no-retry': '1' },
    outcome,
    level: 'warn',
    fields: {},
    ...facts,
  };
}

/** Our own fault: Slack may well try again. */
export function failed(outcome: string, facts: Facts = {}): SlackAnswer {
  return {
    status: 500,
    body: JSON.stringify({ error: 'The request could not be taken. Please try again.' }),
    headers: jsonHeaders,
    outcome,
    level: 'error',
    fields: {},
    ...facts,
  };
}

const jsonHeaders = { 'content-type': 'application/json' };
