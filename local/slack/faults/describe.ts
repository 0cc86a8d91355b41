import type { ApiFault, DeliveryFault, Fault } from './types.ts';

/** What a fault does, as one sentence for the page: "The next 2 calls of chat.postMessage are answered 503." */
export function describeFault(fault: Fault): string {
  const what = fault.target === 'api' ? apiEffect(fault) : deliveryEffect(fault);
  return `${subject(fault)} ${what}.${odds(fault)}`;
}

function subject(fault: Fault): string {
  const noun = fault.target === 'api' ? 'call' : 'delivery';
  const plural = fault.target === 'api' ? 'calls' : 'deliveries';
  const many =
    fault.times === undefined
      ? `Every ${noun}`
      : fault.times === 1
        ? `The next ${noun}`
        : `The next ${fault.times} ${plural}`;
  const pattern = fault.target === 'api' ? fault.method : fault.event;
  const of = pattern === '*' ? '' : ` of ${pattern}`;
  const where =
    fault.target === 'api'
      ? fault.channel === undefined
        ? ''
        : ` in ${fault.channel}`
      : fault.url === undefined
        ? ''
        : ` to ${fault.url}`;
  return many + of + where;
}

function odds({ probability, seed }: Fault): string {
  if (probability === undefined || probability >= 1) return '';
  return ` Only ${Math.round(probability * 100)} % of them are hit, drawn from seed ${seed ?? 1}.`;
}

const ms = (value: number): string => (value >= 1000 ? `${value / 1000} s` : `${value} ms`);

function apiEffect(fault: ApiFault): string {
  const verb = fault.times === undefined || fault.times === 1 ? 'is' : 'are';
  const late = fault.delayMs === undefined ? '' : ` after ${ms(fault.delayMs)}`;
  const done = fault.applied ? ` though it was applied` : '';
  switch (fault.effect) {
    case 'drop_request':
      return `${verb} lost on the way${late}: nothing is applied and the connection closes`;
    case 'drop_answer':
      return `${verb} applied, but the answer is lost${late}`;
    case 'reset':
      return `${verb} cut off by a connection reset${late}${done}`;
    case 'hang':
      return `${verb} never answered${done}`;
    case 'delay':
      return fault.applied
        ? `${verb} applied at once and answered${late || ' late'}`
        : `${verb} held up${fault.delayMs === undefined ? '' : ` for ${ms(fault.delayMs)}`} and applied then`;
    case 'http_error':
      return `${verb} answered ${fault.status ?? 503}${late}${done}`;
    case 'html':
      return `${verb} answered ${fault.status ?? 200} with an HTML page${late}${done}`;
    case 'rate_limited':
      return `${verb} answered 429 ${retryAfter(fault.retryAfter)}${late}${done}`;
    case 'error':
      return `${verb} answered with the error ${fault.error ?? 'internal_error'}${late}${done}`;
    case 'slow_body':
      return `${verb} answered in small pieces over ${ms(fault.delayMs ?? 2_000)}`;
    case 'truncated_json':
      return `${verb} applied, but the answer ends in its middle${late}`;
    case 'revoke_token':
      return `${verb} made with a token that is revoked at that moment, for good`;
  }
}

function retryAfter(value: ApiFault['retryAfter']): string {
  if (value === null) return 'without Retry-After';
  return `with Retry-After: ${value ?? 1}`;
}

function deliveryEffect(fault: DeliveryFault): string {
  const verb = fault.times === undefined || fault.times === 1 ? 'is' : 'are';
  switch (fault.effect) {
    case 'drop':
      return `${verb} never sent`;
    case 'duplicate':
      return `${verb} sent ${fault.count ?? 2} times at once`;
    case 'delay':
      return `${verb} sent ${ms(fault.delayMs ?? 0)} late`;
    case 'hold':
      return `${verb} held back until the next one was sent`;
    case 'fail':
      return `${verb} not sent and counted as failed (${fault.reason ?? 'unknown_error'}), so that retries follow`;
    case 'skew': {
      const skew = fault.skewSeconds ?? 0;
      return `${verb} signed with a time ${Math.abs(skew)} s in the ${skew < 0 ? 'past' : 'future'}`;
    }
  }
}
