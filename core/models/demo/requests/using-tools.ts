import { describeResult, fieldsOf } from '../results.ts';
import type { AnsweredCall, DemoCall, DemoRequest, DemoStep } from '../script.ts';

const words = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];
const MOST_AT_ONCE = 40;
/** A turn may take more steps than that only where its owner allows it (`limits.stepsPerTurn`). */
const MOST_ONE_BY_ONE = 1_000;
const MOST_BURSTS = 12;
const MOST_SILENT_SECONDS = 590;
/** So many results are told of one by one. */
const MOST_LINES = 40;

/** Read-only calls of the default agent, repeated as often as needed. */
const readOnlyCalls: readonly DemoCall[] = [
  { tool: 'calculate', input: { expression: '6*7' } },
  { tool: 'current_time', input: {} },
  { tool: 'calculate', input: { expression: '2^10' } },
  { tool: 'read_thread', input: { limit: 5 } },
  { tool: 'current_time', input: { timeZone: 'Asia/Tokyo' } },
  { tool: 'calculate', input: { expression: '(1+sqrt(5))/2' } },
];

/** Very many calls are none of Slack's: its limits would be what they show. */
function takeCalls(count: number, offered: ReadonlySet<string>): DemoCall[] {
  const usable = readOnlyCalls.filter(
    ({ tool }) => offered.has(tool) && (count <= MOST_AT_ONCE || tool !== 'read_thread'),
  );
  return Array.from(
    { length: usable.length > 0 ? count : 0 },
    (_, index) => usable[index % usable.length],
  ).flatMap((call) => call ?? []);
}

const openings = ['First I look around.', 'Now the figures.', 'Once more, to be sure.'];

/** A sentence with three calls, then one more call without a word. */
function burst(number: number, tools: ReadonlySet<string>): DemoStep[] {
  const calls = takeCalls(4, tools);
  return [
    { say: `${openings[(number - 1) % openings.length]} (${number})\n\n`, calls: calls.slice(0, 3) },
    { calls: calls.slice(3) },
  ].filter((step) => step.calls.length > 0);
}

function countOf(text: string | undefined, most: number): number {
  const word = words.indexOf(text?.toLowerCase() ?? '');
  return Math.min(most, word >= 0 ? word : Number(text?.replaceAll(',', '')));
}

function toolReport(calls: readonly AnsweredCall[]): string {
  if (calls.length === 0) return 'I have no read-only tools that I know how to use.';
  const shown = calls.length > MOST_LINES ? calls.slice(0, MOST_LINES / 2) : calls;
  const lines = shown.map((call, index) => `${index + 1}. **${call.tool}**: ${describeResult(call)}`);
  const left = calls.length - shown.length;
  return [
    `I used ${calls.length} ${calls.length === 1 ? 'tool' : 'tools'}:`,
    '',
    ...lines,
    ...(left > 0 ? ['', `And ${left} more like these.`] : []),
  ].join('\n');
}

function threadReport(call: AnsweredCall | undefined): string {
  const { messages } = call ? fieldsOf(call) : {};
  if (!call || !Array.isArray(messages))
    return `I could not read the thread: ${call ? describeResult(call) : 'no result'}`;
  const lines = messages.map((message: unknown) => {
    const { from, text } = { from: '?', text: '', ...(typeof message === 'object' ? message : {}) };
    return `- **${String(from)}**: ${String(text).replace(/\s+/g, ' ').slice(0, 120)}`;
  });
  return [
    `The thread has ${lines.length} ${lines.length === 1 ? 'message' : 'messages'} that I can see:`,
    '',
    ...lines,
  ].join('\n');
}

const count = `(\\d{1,3}|\\d,?\\d{3}|${words.slice(1).join('|')})`;

/** Requests that show tool calls. */
export const usingTools: readonly DemoRequest[] = [
  {
    ask: 'use 5 tools',
    shows: 'five tool calls in one step, run together, then an answer with their results (1 to 40)',
    pattern: new RegExp(`\\buse ${count} tools?\\b(?!,? one by one)`, 'i'),
    script: ([, number], { tools }) => ({
      steps: [{ calls: takeCalls(countOf(number, MOST_AT_ONCE), tools) }].filter(
        ({ calls }) => calls.length > 0,
      ),
      answer: (steps) => toolReport(steps.flat()),
    }),
  },
  {
    ask: 'use 3 tools one by one',
    shows: 'three steps with one tool call each (1 to 1,000)',
    pattern: new RegExp(`\\buse ${count} tools?,? one by one\\b`, 'i'),
    script: ([, number], { tools }) => ({
      steps: takeCalls(countOf(number, MOST_ONE_BY_ONE), tools).map((call, index) => ({
        say: `Step ${index + 1}. `,
        calls: [call],
      })),
      answer: (steps) => toolReport(steps.flat()),
    }),
  },
  {
    ask: 'work in 3 bursts',
    shows: 'three times a sentence and four tool calls behind it, in two steps (1 to 12)',
    pattern: new RegExp(`\\bwork in ${count} bursts?\\b`, 'i'),
    script: ([, number], { tools }) => ({
      steps: Array.from({ length: countOf(number, MOST_BURSTS) }, (_, index) =>
        burst(index + 1, tools),
      ).flat(),
      answer: (steps) => toolReport(steps.flat()),
    }),
  },
  {
    ask: 'be silent for 60 seconds',
    shows: 'one tool call, then nothing for as many seconds as you say (to 590), then an answer',
    pattern: /\bbe silent for (\d{1,3}) seconds?\b/i,
    script: ([, seconds], { tools }) => ({
      steps: [
        { say: 'One look, and then I say nothing for a while.\n\n', calls: takeCalls(1, tools) },
      ].filter(({ calls }) => calls.length > 0),
      silentSeconds: Math.min(MOST_SILENT_SECONDS, Number(seconds)),
      answer: () => `Here I am again, after ${seconds} seconds.`,
    }),
  },
  {
    ask: 'use a missing tool',
    shows: 'a call that cannot run, and how the model is told so',
    pattern: /\bmissing tool\b/i,
    script: () => ({
      steps: [{ calls: [{ tool: 'open_the_pod_bay_doors', input: {} }] }],
      answer: ([calls]) => `That tool does not exist: ${calls?.[0] ? describeResult(calls[0]) : 'no result'}`,
    }),
  },
  {
    ask: 'what time is it',
    shows: 'the time in the asker’s zone, or `in Asia/Tokyo` where a zone is named',
    pattern: /\bwhat time is it\b(?:\s+in\s+([A-Z]\w+(?:\/\w+)+))?/i,
    script: ([, timeZone]) => ({
      steps: [{ calls: [{ tool: 'current_time', input: timeZone ? { timeZone } : {} }] }],
      answer: ([calls]) => `It is ${calls?.[0] ? describeResult(calls[0]) : 'a time I do not know'}.`,
    }),
  },
  {
    ask: 'what is 12*(3+4)',
    shows: 'arithmetic, done by a tool',
    pattern: /\b(?:what is|what['’]s|calculate|compute)\s+([-+]?[\d(][-+\d\s.*/^()%!]*)/i,
    script: ([, expression = '']) => ({
      steps: [{ calls: [{ tool: 'calculate', input: { expression: expression.replace(/[\s.]+$/, '') } }] }],
      answer: ([calls]) => (calls?.[0] ? `${describeResult(calls[0])}.` : 'I got no result.'),
    }),
  },
  {
    ask: 'read the thread',
    shows: 'what was said in the thread, read by a tool (also `summarise this thread`)',
    pattern: /\b(?:read|summari[sz]e) (?:the|this|our) thread\b/i,
    script: () => ({
      steps: [{ calls: [{ tool: 'read_thread', input: {} }] }],
      answer: ([calls]) => threadReport(calls?.[0]),
    }),
  },
];
