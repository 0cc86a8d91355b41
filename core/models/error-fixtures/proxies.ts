import { again, answered, type ErrorFixture, final } from './fixture.ts';

const page = (title: string, words = '') =>
  `<html>\r\n<head><title>${title}</title></head>\r\n<body><center><h1>${title}</h1></center><p>${words}</p></body>\r\n</html>`;
const cloudflare = { server: 'cloudflare', 'cf-ray': '9510cccdcebc0327-MAD' };

/** Answers of what stands between us and a provider. */
export const proxyErrors: ErrorFixture[] = [
  answered('nginx: 502', 502, page('502 Bad Gateway'), again('server')),
  answered('a load balancer: 503', 503, page('503 Service Temporarily Unavailable'), again('server')),
  answered('a load balancer: 504', 504, page('504 Gateway Time-out'), again('server')),
  answered('a 529 that a proxy put into a page', 529, page('529'), again('overloaded')),
  answered('nginx: 413', 413, page('413 Request Entity Too Large'), final('context')),
  answered('nginx: 404, so the path is wrong', 404, page('404 Not Found'), final('config')),
  answered('nginx: 429', 429, page('429 Too Many Requests'), again('rate_limit')),
  answered('a firewall: 403', 403, page('403 Forbidden'), final('blocked')),
  answered(
    'T-9 a page of words that name other errors',
    502,
    page('Sorry', 'Check your API key, quota, billing and model name: not found'),
    again('server'),
  ),
  answered(
    'T-9 the same under 400: nothing is known',
    400,
    page('Sorry', 'Your quota is exceeded, invalid api key, prompt is too long'),
    final('unknown'),
  ),
  answered(
    'Cloudflare: blocked',
    403,
    `<!DOCTYPE html>${page('Attention Required! | Cloudflare', 'Sorry, you have been blocked')}`,
    final('blocked'),
    cloudflare,
  ),
  answered('Cloudflare: a challenge', 403, `<!DOCTYPE html>${page('Just a moment...')}`, final('blocked'), {
    ...cloudflare,
    'cf-mitigated': 'challenge',
  }),
  answered(
    'Cloudflare: 520',
    520,
    page('520: Web server is returning an unknown error'),
    again('server'),
    cloudflare,
  ),
  answered('Cloudflare: 522', 522, page('522: Connection timed out'), again('server'), cloudflare),
  answered('Cloudflare: 524 in plain text', 524, 'error code: 524', again('server'), cloudflare),
  answered('Cloudflare: 429 in plain text', 429, 'error code: 1015', again('rate_limit', 30_000), {
    ...cloudflare,
    'retry-after': '30',
  }),
  answered(
    'Envoy: a 503 with words of a connection',
    503,
    'upstream connect error or disconnect/reset before headers. reset reason: connection failure',
    again('server'),
  ),
  answered('an API gateway: 403', 403, { message: 'Forbidden' }, final('auth')),
  answered('an API gateway: 504', 504, { message: 'Endpoint request timed out' }, again('server')),
  answered('a Retry-After that is a date', 503, page('503'), again('server', 90_000), {
    'retry-after': 'Sat, 21 Nov 2026 12:01:30 GMT',
  }),
  answered(
    '407 of a proxy that wants a password',
    407,
    page('407 Proxy Authentication Required'),
    final('blocked'),
  ),
];
