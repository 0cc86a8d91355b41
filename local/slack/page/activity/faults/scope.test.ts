import { expect, test } from 'vitest';
import * as schemas from '../../../admin/schemas.ts';
import { PRESETS } from './presets.ts';
import { ANY, faultOf, scopeOf } from './scope.ts';

const defaults = (id: string) => {
  const preset = PRESETS.find((one) => one.id === id);
  if (!preset) throw new Error(`no preset ${id}`);
  return { preset, values: Object.fromEntries(preset.fields.map((one) => [one.name, one.value])) };
};

test.each([
  ['down', { target: 'api', method: '*', effect: 'http_error', status: 503 }],
  ['unreachable', { target: 'api', method: '*', effect: 'drop_request' }],
  ['lost', { target: 'api', method: '*', effect: 'drop_answer' }],
  ['slow', { target: 'api', method: '*', effect: 'delay', delayMs: 2000 }],
  ['http', { target: 'api', method: '*', effect: 'http_error', status: 500 }],
  ['html', { target: 'api', method: '*', effect: 'html' }],
  ['limited', { target: 'api', method: '*', effect: 'rate_limited', retryAfter: 10 }],
  ['limited-bare', { target: 'api', method: '*', effect: 'rate_limited', retryAfter: null }],
  ['revoked', { target: 'api', method: '*', effect: 'revoke_token', times: 1 }],
  ['hang', { target: 'api', method: '*', effect: 'hang' }],
  ['reset', { target: 'api', method: '*', effect: 'reset' }],
  ['pieces', { target: 'api', method: '*', effect: 'slow_body', delayMs: 2000 }],
  ['cut', { target: 'api', method: '*', effect: 'truncated_json' }],
  ['error', { target: 'api', method: '*', effect: 'error', error: 'internal_error' }],
  ['doubled', { target: 'delivery', event: '*', effect: 'duplicate', count: 2 }],
  ['reordered', { target: 'delivery', event: '*', effect: 'hold' }],
  ['dropped', { target: 'delivery', event: '*', effect: 'drop' }],
  ['late', { target: 'delivery', event: '*', effect: 'delay', delayMs: 10_000 }],
  ['failed', { target: 'delivery', event: '*', effect: 'fail', reason: 'http_timeout' }],
  ['skew', { target: 'delivery', event: '*', effect: 'skew', skewSeconds: -600 }],
])('the preset %s asks for one fault, which is known as it again', (id, expected) => {
  const { preset, values } = defaults(id);
  const fault = faultOf(preset, values, scopeOf(preset));
  expect(fault).toEqual(expected);
  expect(PRESETS.filter((one) => one.fits(fault)).map((one) => one.id)).toEqual([id]);
  expect(schemas.fault.safeParse(fault).error).toBeUndefined();
});

test('a fault may hold for the next few calls of one method, or by chance with a seed', () => {
  const { preset, values } = defaults('lost');
  expect(faultOf(preset, values, { ...ANY, subject: 'chat.*', how: 'next', times: '3' })).toEqual({
    target: 'api',
    method: 'chat.*',
    effect: 'drop_answer',
    times: 3,
  });
  expect(faultOf(preset, values, { ...ANY, how: 'chance', chance: '25', seed: '7' })).toMatchObject({
    probability: 0.25,
    seed: 7,
  });
});
