import type { LanguageModelV4Prompt } from '@ai-sdk/provider';
import { SUMMARY_PREFIX, SUMMARY_REQUEST } from '../../compaction/prompt.ts';
import type { AnsweredCall } from './script.ts';

/** So many steps are told one by one; of the others only how many they were. */
const STEPS_TOLD = 20;
const REQUESTS_TOLD = 3;
const REQUEST_CHARS = 60;
const LINE_CHARS = 300;
const STEPS_HEADING = 'Steps for the open request so far:';

type Step = { calls: string[]; results: string[] };

/** Whether this is a request for a summary, not a person's words. */
export function isSummaryRequest(text: string): boolean {
  return text.endsWith(SUMMARY_REQUEST);
}

/** Whether a message stands for what was summarised before. */
export function isSummary(text: string): boolean {
  return text.startsWith(SUMMARY_PREFIX);
}

/**
 * A summary made of the conversation itself: how long it was, what was asked last, and the steps for a request that is
 * open, so that the script goes on behind it where it was.
 */
export function writeSummary(prompt: LanguageModelV4Prompt): string {
  const messages = prompt.flatMap((message) =>
    message.role === 'user' || message.role === 'assistant'
      ? [{ role: message.role, pieces: piecesOf(textOf(message.content)) }]
      : [],
  );
  const pieces = messages.flatMap((message) => message.pieces);
  const asked = pieces.filter((piece) => /^<@\w+>: /.test(piece));
  const told = asked.slice(-REQUESTS_TOLD).map((piece) => `- ${shorten(piece, REQUEST_CHARS)}`);
  const lines = [
    `Requests: ${asked.length}.${asked.length > told.length ? ' The last ones:' : ''}`,
    told.join('\n'),
  ];
  const open = pieces.some((piece) => piece.includes('not answered yet'));
  const request = messages.findLastIndex((message) =>
    message.pieces.some((piece) => /^<@\w+>: /.test(piece)),
  );
  const former = stepLines(messages[request]?.pieces ?? []);
  const steps = [...former.steps, ...stepsIn(messages.slice(request + 1))];
  const count = steps.length + former.more;
  if (open && count > 0) {
    const shown = steps.slice(0, STEPS_TOLD);
    lines.push(
      STEPS_HEADING,
      ...shown.map((step) => [...step.calls, ...step.results].map(line).join('\n\n')),
    );
    if (count > shown.length) lines.push(`(and ${count - shown.length} more steps)`);
  }
  return lines.join('\n\n');
}

/** The steps that a summary tells of, as far as it does. */
export function stepsInSummary(text: string): AnsweredCall[][] {
  const { steps, more } = stepLines(piecesOf(text));
  const told = steps.map(({ calls, results }) =>
    calls.map((call, index): AnsweredCall => {
      const [, tool = '', json = ''] = /^\(called (\S+): ([\s\S]*)\)$/.exec(call) ?? [];
      return { tool, input: objectIn(json), output: outputIn(results[index] ?? '') };
    }),
  );
  const summarised: AnsweredCall = {
    tool: told.at(-1)?.[0]?.tool ?? 'tool',
    input: {},
    output: { type: 'text', value: 'its result is summarised' },
  };
  return [...told, ...Array.from({ length: more }, () => [summarised])];
}

/** Each step's calls come together, then their results; the next call after a result begins the next step. */
function stepLines(pieces: readonly string[]): { steps: Step[]; more: number } {
  const from = pieces.indexOf(STEPS_HEADING);
  if (from < 0) return { steps: [], more: 0 };
  const steps: Step[] = [];
  for (const piece of pieces.slice(from + 1)) {
    const more = /^\(and (\d+) more steps\)$/.exec(piece)?.[1];
    if (more) return { steps, more: Number(more) };
    const last = steps.at(-1);
    if (isCall(piece)) {
      if (last && last.results.length === 0) last.calls.push(piece);
      else steps.push({ calls: [piece], results: [] });
    } else if (last && isResult(piece)) last.results.push(piece);
    else break;
  }
  return { steps, more: 0 };
}

function stepsIn(messages: readonly { pieces: readonly string[] }[]): Step[] {
  return messages
    .map(({ pieces }, at) => ({
      calls: pieces.filter(isCall),
      results: (messages[at + 1]?.pieces ?? []).filter(isResult),
    }))
    .filter(({ calls }) => calls.length > 0);
}

const isCall = (piece: string): boolean => /^\(called \S+: /.test(piece);
const isResult = (piece: string): boolean => /^\((?:result of \S+|\S+ failed|\S+ was denied): /.test(piece);

/** Blank lines part what the transcript joined; those inside a result do not. */
function piecesOf(text: string): string[] {
  const pieces: string[] = [];
  for (const piece of text.split('\n\n')) {
    const last = pieces.at(-1);
    if (last !== undefined && isResult(last) && !last.endsWith(')'))
      pieces[pieces.length - 1] = `${last}\n\n${piece}`;
    else pieces.push(piece);
  }
  return pieces;
}

function textOf(content: Extract<LanguageModelV4Prompt[number], { role: 'user' | 'assistant' }>['content']) {
  return content.map((part) => (part.type === 'text' ? part.text : '')).join('');
}

/** A call stays whole: it is JSON. */
const line = (piece: string): string =>
  isCall(piece) ? piece : `${shorten(piece.slice(0, -1), LINE_CHARS)})`;

function shorten(text: string, chars: number): string {
  const flat = text.replace(/\s+/g, ' ');
  return flat.length > chars ? `${flat.slice(0, chars - 1).toWellFormed()}…` : flat;
}

function outputIn(result: string): AnsweredCall['output'] {
  const [, of, tool, text = ''] =
    /^\((result of )?(\S+(?: failed| was denied)?): ([\s\S]*)\)$/.exec(result) ?? [];
  if (!tool) return undefined;
  if (!of && tool.endsWith(' failed')) return { type: 'error-text', value: text };
  if (!of) return { type: 'execution-denied', reason: text };
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null) return { type: 'json', value: objectIn(text) };
  } catch {
    // Text, then.
  }
  return { type: 'text', value: text };
}

function objectIn(json: string): Record<string, never> {
  try {
    return { ...JSON.parse(json) };
  } catch {
    return {};
  }
}
