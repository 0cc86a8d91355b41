import { expect, test } from 'vitest';
import { readContentType } from './content-type.ts';

test.each([
  ['text/html', { kind: 'html', name: 'text/html' }],
  ['Text/HTML; Charset="UTF-8"', { kind: 'html', name: 'text/html', charset: 'utf-8' }],
  [
    'application/xhtml+xml;charset=iso-8859-1',
    { kind: 'html', name: 'application/xhtml+xml', charset: 'iso-8859-1' },
  ],
  ['text/plain;', { kind: 'text', name: 'text/plain' }],
  ['text/markdown; variant=GFM; charset=utf-8', { kind: 'text', name: 'text/markdown', charset: 'utf-8' }],
  ['application/json', { kind: 'text', name: 'application/json' }],
  ['application/ld+json', { kind: 'text', name: 'application/ld+json' }],
  ['text/xml', { kind: 'text', name: 'text/xml' }],
  ['application/rss+xml', { kind: 'text', name: 'application/rss+xml' }],
])('%s is read', (header, type) => {
  expect(readContentType(header)).toEqual(type);
});

test.each([
  'application/pdf',
  'application/zip',
  'application/octet-stream',
  'application/javascript',
  'image/svg+xml',
  'text/css',
  'multipart/form-data',
])('%s is refused by its name', (header) => {
  expect(() => readContentType(header)).toThrow(`That is ${header}, which cannot be read`);
});

test.each([undefined, '', 'html', 'text', '; charset=utf-8'])('“%s” says nothing', (header) => {
  expect(() => readContentType(header)).toThrow('does not say what kind');
});
