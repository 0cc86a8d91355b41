import { expect, test } from 'vitest';
import { webLimits } from './limits.ts';
import { parsePageUrl } from './page-url.ts';

test.each([
  ['https://example.com/a?b=c#d', 'https://example.com/a?b=c#d'],
  ['  http://example.com ', 'http://example.com/'],
  ['http://example.com:80/', 'http://example.com/'],
  ['http://example.com:443/', 'http://example.com:443/'],
  ['example.com/a', 'https://example.com/a'],
  ['<https://example.com/a|a label>', 'https://example.com/a'],
  ['<https://example.com/a>', 'https://example.com/a'],
  ['https://bücher.example/', 'https://xn--bcher-kva.example/'],
  ['https://93.184.215.14/', 'https://93.184.215.14/'],
  ['https://[2606:4700::1]/', 'https://[2606:4700::1]/'],
])('%s is a page', (text, href) => {
  expect(parsePageUrl(text, webLimits).href).toBe(href);
});

test.each([
  ['', /no web address/],
  ['what is this', /no web address/],
  ['https://', /no web address/],
  ['file:///etc/passwd', /Only http and https.*file:/],
  ['ftp://example.com/', /Only http and https.*ftp:/],
  ['gopher://example.com:70/', /Only http and https/],
  ['data:text/html,hello', /Only http and https/],
  ['javascript:alert(1)', /Only http and https/],
  ['localhost:9001/2018-06-01/runtime', /Only http and https/],
  ['https://user@example.com/', /user name or password/],
  ['https://user:secret@example.com/', /user name or password/],
  ['https://example.com@10.0.0.1/', /user name or password/],
  ['http://example.com:8080/', /ports 80 and 443.*8080/],
  ['http://example.com:22/', /ports 80 and 443/],
  ['http://127.0.0.1:9001/', /ports 80 and 443/],
  ['http://localhost/', /inner network/],
  ['http://LOCALHOST./', /inner network/],
  ['http://a.localhost/', /inner network/],
  ['http://printer/', /inner network/],
  ['http://printer.local/', /inner network/],
  ['http://instance-data/latest/meta-data/', /inner network/],
  ['http://instance-data.ec2.internal/', /inner network/],
  ['http://ip-10-0-0-1.eu-central-1.compute.internal/', /inner network/],
  ['http://metadata.google.internal/', /inner network/],
  ['http://metadata.google.internal./', /inner network/],
  ['http://router.home.arpa/', /inner network/],
  [`https://example.com/${'a'.repeat(2_000)}`, /longer than 2000/],
])('%s is refused in words', (text, words) => {
  expect(() => parsePageUrl(text, webLimits)).toThrow(words);
});

test('a redirect is read relative to the page before', () => {
  const base = new URL('https://example.com/a/b');
  expect(parsePageUrl('../c', webLimits, base).href).toBe('https://example.com/c');
  expect(parsePageUrl('//other.example/d', webLimits, base).href).toBe('https://other.example/d');
  expect(() => parsePageUrl('//u:p@other.example/', webLimits, base)).toThrow(/password/);
});

test('a relative path that looks like a host stays a path', () => {
  const base = new URL('https://example.com/a/b');
  expect(parsePageUrl('index.html', webLimits, base).href).toBe('https://example.com/a/index.html');
});
