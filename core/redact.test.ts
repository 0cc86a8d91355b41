import { expect, test } from 'vitest';
import { redact } from './redact.ts';

test.each([
  [
    'a URL query',
    'GET https://models.example.com/v1/chat?key=abc123&x=1 failed',
    'GET https://models.example.com/v1/chat?… failed',
  ],
  ['credentials in a URL', 'https://user:pass@models.example.com/v1', 'https://models.example.com/v1'],
  ['a bearer token', 'Authorization: Bearer abcdef.ghijkl', 'Authorization: Bearer …'],
  ['a Slack token', 'token xoxb-1234-abcd is bad', 'token … is bad'],
  ['a provider key', 'Incorrect API key provided: sk-proj-abc123DEF.', 'Incorrect API key provided: ….'],
  ['an AWS key id', 'key AKIAIOSFODNN7EXAMPLE', 'key …'],
  ['a long random string', `sig ${'a1'.repeat(25)} end`, 'sig … end'],
  ['plain words', 'The model `gpt-4o` does not exist', 'The model `gpt-4o` does not exist'],
  ['a long model id', 'anthropic.claude-sonnet-4-5-v1:0', 'anthropic.claude-sonnet-4-5-v1:0'],
  ['line breaks', 'one\n  two', 'one two'],
])('redact: %s', (_name, text, expected) => {
  expect(redact(text)).toBe(expected);
});

test('redact cuts to the limit', () => {
  expect(redact('word '.repeat(100), 20)).toBe('word word word word…');
});
