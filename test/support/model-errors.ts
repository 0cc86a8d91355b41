import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { classifyError } from '../../core/models/classify-error.ts';
import { type ErrorCode, errorClasses } from '../../core/models/error-classes.ts';
import { anthropicErrors } from '../../core/models/error-fixtures/anthropic.ts';
import { bedrockErrors } from '../../core/models/error-fixtures/bedrock.ts';
import { FIXTURES_AT } from '../../core/models/error-fixtures/fixture.ts';
import { networkErrors } from '../../core/models/error-fixtures/network.ts';
import { openAIErrors } from '../../core/models/error-fixtures/openai.ts';
import { silenceError } from '../../core/turns/silence-guard.ts';

const DOCUMENT = join(import.meta.dirname, '..', '..', 'docs', 'model-errors.md');

const examples = [
  ...anthropicErrors.map((fixture) => ({ ...fixture, model: 'anthropic/claude-x' })),
  ...openAIErrors.map((fixture) => ({ ...fixture, model: 'openai/gpt-x' })),
  ...bedrockErrors.map((fixture) => ({ ...fixture, model: 'bedrock/m' })),
  ...networkErrors.map((fixture) => ({ ...fixture, model: 'openai-compatible/m' })),
];

/** What an administrator looks up: each class of failed model calls, made of the tables that decide them. */
export function modelErrorsDocument(): string {
  const codes = Object.keys(errorClasses).filter((code): code is ErrorCode => code in errorClasses);
  const rows = codes.map((code) => {
    const { retryable, sentence, advice } = errorClasses[code];
    return `| \`${code}\` | ${retryable ? 'yes' : 'no'} | ${sentence} | ${logged(code)} | ${advice} |`;
  });
  return `# When a model call fails

Each failed model call is of one of the classes below. People read the class’s sentence in the thread; the function’s log has the administrator’s sentence: which model, the HTTP status, the provider’s own name for the error, the request’s id for its support, and what to do. Neither holds keys, addresses’ queries or words of the conversation.

What is tried again is waited for outside any function: after 1 s, 2 s, 4 s and so on to 60 s, or as long as the provider asks (Retry-After in all its forms, at most a day), up to \`modelAttempts\` attempts at a step. Text that was shown before stays in the thread. A host name that does not resolve and a TLS handshake that breaks are tried three times, an answer that cannot be read five times; they are \`config\` from then on.

\`npm run docs:errors\` writes this page anew from core/models/error-classes.ts; the rules are in core/models/error-rules.ts and the payloads they are tried with in core/models/error-fixtures.

| code | tried again | people read | the log says, for example | what to do |
|---|---|---|---|---|
${rows.join('\n')}
`;
}

/** The administrator's sentence of the first example, up to the advice. */
function logged(code: ErrorCode): string {
  const example = examples.find(({ expected }) => expected.code === code);
  // What no provider says has one sentence.
  if (!example && code !== 'silence') return errorClasses[code].sentence;
  const error = example
    ? classifyError(example.error, FIXTURES_AT, {
        ...example,
        attempt: example.attempt ?? 1,
        messages: [],
        instructions: '',
      })
    : silenceError('bedrock/m', 600_000);
  return error.adminSentence
    .slice(0, error.adminSentence.indexOf(errorClasses[code].advice))
    .trim()
    .replaceAll('|', '\\|');
}

export const readModelErrors = (): string => readFileSync(DOCUMENT, 'utf8');

if (import.meta.main) writeFileSync(DOCUMENT, modelErrorsDocument());
