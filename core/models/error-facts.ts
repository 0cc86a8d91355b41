/** What is known of an error, whatever threw it. */
export interface ErrorFacts {
  /** HTTP status; undefined when no answer came. */
  status: number | undefined;
  /** Error words: names, codes and types, in lower case. */
  words: ReadonlySet<string>;
  /** Everything said about it, for patterns; not for people. */
  text: string;
  /** The provider's own sentence, as far as there is one. */
  message: string;
  /** Response headers, names in lower case. */
  headers: Readonly<Record<string, string>>;
}

/**
 * Gathers what an error and its causes tell: AI SDK's API call errors, AWS SDK errors, Node's network errors, and
 * the bare objects and strings that providers send in the middle of a stream.
 */
export function errorFacts(error: unknown): ErrorFacts {
  const words = new Set<string>();
  const texts: string[] = [];
  let status: number | undefined;
  let headers: Record<string, string> = {};
  for (const part of causesOf(error)) {
    status ??= statusOf(part);
    for (const word of wordsOf(part)) words.add(word.toLowerCase());
    const { message } = part;
    if (typeof message === 'string' && message) texts.push(message);
    if (isObject(part.responseHeaders)) headers = { ...lowerCase(part.responseHeaders), ...headers };
  }
  return { status, words, text: texts.join('\n').toLowerCase(), message: texts.at(0) ?? '', headers };
}

type Part = Record<string, unknown>;

/** The error, its causes and the error objects inside response bodies, outermost first. */
function causesOf(error: unknown): Part[] {
  const parts: Part[] = [];
  const queue: unknown[] = [error];
  while (queue.length > 0 && parts.length < 12) {
    const next = queue.shift();
    if (typeof next === 'string') parts.push({ message: next });
    if (!isObject(next) || parts.includes(next)) continue;
    parts.push(next);
    queue.push(next.error, isObject(next.data) ? next.data : undefined, bodyOf(next), next.cause);
    if (Array.isArray(next.errors)) queue.push(...next.errors);
  }
  return parts;
}

function bodyOf({ responseBody }: Part): unknown {
  if (typeof responseBody !== 'string' || responseBody.length > 100_000) return undefined;
  try {
    return JSON.parse(responseBody);
  } catch {
    return { message: responseBody.slice(0, 2_000) };
  }
}

function statusOf({ statusCode, status, code, $metadata }: Part): number | undefined {
  const sdk = isObject($metadata) ? $metadata.httpStatusCode : undefined;
  for (const candidate of [statusCode, status, sdk, code]) {
    const number = typeof candidate === 'string' && /^\d{3}$/.test(candidate) ? Number(candidate) : candidate;
    if (typeof number === 'number' && number >= 400 && number < 600) return number;
  }
  return undefined;
}

function wordsOf({ name, code, type, __type }: Part): string[] {
  return [name, code, type, __type].filter((word) => typeof word === 'string');
}

function lowerCase(headers: Part): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name.toLowerCase(), value]] : [],
    ),
  );
}

function isObject(value: unknown): value is Part {
  return typeof value === 'object' && value !== null;
}
