import { type ModelAnswer, ModelError } from './contract.ts';
import { errorClasses } from './error-classes.ts';

/** As providers word it, with the sizes in it. */
const withSizes = [
  /^prompt is too long: \d+ tokens > \d+ maximum$/,
  /^input length and `max_tokens` exceed context limit: \d+ \+ \d+ > \d+\b.{0,80}$/,
  /^this model['’]s maximum context length is \d+ tokens\..{0,200}$/,
  /^(?:the )?request (?:\(\d+ tokens\) )?exceeds the available context size(?: \(\d+ tokens\))?\b.{0,80}$/,
];
/** What a person could as well have asked the model to say. */
const bare = [
  /^prompt is too long$/,
  /^input is too long(?: for requested model)?$/,
  /^your input exceeds the context window of this model$/,
  /^context (?:length|size|window) (?:has been )?exceeded$/,
];

/**
 * The error that an answer is, if it is nothing but a provider's message that the conversation is too long: some
 * gateways send that error as the text of a successful answer (case T-71). Only a short answer without tool calls
 * counts that consists of the message alone; one without sizes in it only where the provider counted no output.
 *
 * @param model as `ModelRequest` names it
 */
export function overflowIn(
  { text, toolCalls, usage }: Pick<ModelAnswer, 'text' | 'toolCalls' | 'usage'>,
  model: string,
): ModelError | undefined {
  if (toolCalls.length > 0 || text.length > 300) return undefined;
  const said = text
    .trim()
    .toLowerCase()
    .replace(/^(?:api )?error: (?:\d{3} )?/, '')
    .replace(/[.!]$/, '');
  const matches = (pattern: RegExp) => pattern.test(said);
  if (!withSizes.some(matches) && !(usage.outputTokens === 0 && bare.some(matches))) return undefined;
  const { retryable, sentence, advice } = errorClasses.context;
  return new ModelError({
    retryable,
    code: 'context',
    sentence,
    adminSentence: `${model} failed with context (told as the text of an answer): “${said}”. ${advice}`,
  });
}
