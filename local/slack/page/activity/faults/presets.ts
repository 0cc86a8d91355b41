import type { ApiFault, DeliveryFault, Fault } from '../../../faults/faults.ts';

/** A number or word of a preset that a person may change. */
export type PresetField = {
  name: string;
  label: string;
  unit: string;
  value: string;
  kind: 'number' | 'text';
};

/** One thing that can go wrong, as a sentence with a switch. */
export type Preset = {
  id: string;
  target: Fault['target'];
  /** What happens, as a whole sentence. */
  sentence: string;
  fields: PresetField[];
  /** For the next so many unless told otherwise; without it until switched off. */
  times?: number;
  /** What the simulator is told, without the scope. */
  fault: (values: Record<string, string>) => Partial<ApiFault> | Partial<DeliveryFault>;
  /** Whether a fault that is on is of this kind. */
  fits: (fault: Fault) => boolean;
};

const field = (name: string, label: string, value: string, unit = ''): PresetField => ({
  name,
  label,
  unit,
  value,
  kind: /^-?\d/.test(value) ? 'number' : 'text',
});
const int = (text: string | undefined): number => Math.round(Number(text ?? 0));
const ms = (text: string | undefined): number => Math.round(Number(text ?? 0) * 1000);

const api = (
  id: string,
  sentence: string,
  effect: ApiFault['effect'],
  given: Partial<Pick<Preset, 'fields' | 'fits' | 'times'>> & {
    fault?: (values: Record<string, string>) => Partial<ApiFault>;
  } = {},
): Preset => ({
  id,
  target: 'api',
  sentence,
  fields: given.fields ?? [],
  ...(given.times === undefined ? {} : { times: given.times }),
  fault: (values) => ({ effect, ...given.fault?.(values) }),
  fits: (fault) => fault.target === 'api' && fault.effect === effect && (given.fits?.(fault) ?? true),
});

const delivery = (
  id: string,
  sentence: string,
  effect: DeliveryFault['effect'],
  fields: PresetField[] = [],
  fault: (values: Record<string, string>) => Partial<DeliveryFault> = () => ({}),
): Preset => ({
  id,
  target: 'delivery',
  sentence,
  fields,
  fault: (values) => ({ effect, ...fault(values) }),
  fits: (one) => one.target === 'delivery' && one.effect === effect,
});

const status = (fault: Fault): number => (fault.target === 'api' ? (fault.status ?? 503) : 0);
const noHeader = (fault: Fault): boolean => fault.target === 'api' && fault.retryAfter === null;

/** What can go wrong with the app's calls, and with what Slack sends to the app. */
export const PRESETS: Preset[] = [
  api('down', 'Slack is down: every answer is 503', 'http_error', {
    fault: () => ({ status: 503 }),
    fits: (fault) => status(fault) === 503,
  }),
  api('unreachable', 'Calls do not reach Slack: the connection breaks', 'drop_request'),
  api('lost', 'Answers get lost after the call was applied', 'drop_answer'),
  api('slow', 'Answers are slow', 'delay', {
    fields: [field('delay', 'Late by', '2', 's')],
    fault: (values) => ({ delayMs: ms(values.delay) }),
  }),
  api('http', 'Answers are an HTTP error', 'http_error', {
    fields: [field('status', 'HTTP status', '500')],
    fault: (values) => ({ status: int(values.status) }),
    fits: (fault) => status(fault) !== 503,
  }),
  api('html', 'Answers are an HTML page instead of JSON', 'html'),
  api('limited', 'Calls are rate limited (429)', 'rate_limited', {
    fields: [field('retryAfter', 'Retry-After', '10', 's')],
    fault: (values) => ({ retryAfter: int(values.retryAfter) }),
    fits: (fault) => !noHeader(fault),
  }),
  api('limited-bare', 'Calls are rate limited without Retry-After', 'rate_limited', {
    fault: () => ({ retryAfter: null }),
    fits: noHeader,
  }),
  api('error', 'Calls fail with an error of your choice', 'error', {
    fields: [field('error', 'Error', 'internal_error')],
    fault: (values) => ({ error: values.error || 'internal_error' }),
  }),
  api('revoked', 'The token is revoked, for good', 'revoke_token', { times: 1 }),
  api('hang', 'Answers never come', 'hang'),
  api('reset', 'The connection is reset', 'reset'),
  api('pieces', 'Answers come in small pieces', 'slow_body', {
    fields: [field('delay', 'Within', '2', 's')],
    fault: (values) => ({ delayMs: ms(values.delay) }),
  }),
  api('cut', 'Answers end in their middle', 'truncated_json'),
  delivery(
    'doubled',
    'Deliveries come several times at once',
    'duplicate',
    [field('count', 'Times', '2')],
    (values) => ({
      count: int(values.count),
    }),
  ),
  delivery('reordered', 'Deliveries swap their order', 'hold'),
  delivery('dropped', 'Deliveries never come', 'drop'),
  delivery('late', 'Deliveries come late', 'delay', [field('delay', 'Late by', '10', 's')], (values) => ({
    delayMs: ms(values.delay),
  })),
  delivery(
    'failed',
    'The first try of a delivery fails on the way',
    'fail',
    [field('reason', 'Reason', 'http_timeout')],
    (values) => ({ reason: (values.reason || 'http_timeout') as NonNullable<DeliveryFault['reason']> }),
  ),
  delivery(
    'skew',
    'Deliveries are signed with a wrong clock',
    'skew',
    [field('skew', 'Off by', '-600', 's')],
    (values) => ({ skewSeconds: int(values.skew) }),
  ),
];
