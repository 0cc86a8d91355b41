import { describeResult, fieldsOf } from '../results.ts';
import type { AnsweredCall, DemoRequest } from '../script.ts';

const months = ['January', 'February', 'March', 'April', 'May', 'June'];
const cats = [12, 19, 15, 27, 31, 29];
const dogs = [20, 18, 22, 21, 25, 30];

const charts = {
  bar: { title: 'Visitors per month', labels: months, yLabel: 'Visitors', both: true },
  line: { title: 'Visitors over time', labels: months, yLabel: 'Visitors', both: true },
  area: { title: 'Visitors over time', labels: months, yLabel: 'Visitors', both: true },
  pie: { title: 'Cats by month', labels: months, both: false },
} as const;

function chartInput(type: keyof typeof charts): Record<string, unknown> {
  const { both, ...rest } = charts[type];
  const series = [{ name: 'Cats', values: cats }, ...(both ? [{ name: 'Dogs', values: dogs }] : [])];
  return { type, ...rest, series };
}

const table = ['month,cats,dogs', ...months.map((month, n) => `${month},${cats[n]},${dogs[n]}`)].join('\n');

const report = (call: AnsweredCall | undefined, done: string): string => {
  if (call && fieldsOf(call).added) return done;
  return `That did not work: ${call ? describeResult(call) : 'no result'}`;
};

/** Requests that show what stands beside an answer. */
export const attaching: readonly DemoRequest[] = [
  {
    ask: 'draw a chart',
    shows: 'a bar chart under the answer (also `draw a pie chart`, a line or an area chart)',
    pattern: /\bdraw (?:a|an|me a|me an) (?:(bar|line|area|pie) )?chart\b/i,
    script: ([, type = 'bar']) => ({
      steps: [
        { calls: [{ tool: 'draw_chart', input: chartInput(type.toLowerCase() as keyof typeof charts) }] },
      ],
      answer: ([calls]) => report(calls?.[0], 'Here is how many visitors we had. The numbers are made up.'),
    }),
  },
  {
    ask: 'write a file',
    shows: 'a CSV file, uploaded into the thread behind the answer',
    pattern: /\bwrite (?:a|me a) file\b/i,
    script: () => ({
      steps: [{ calls: [{ tool: 'create_file', input: { name: 'visitors.csv', content: `${table}\n` } }] }],
      answer: ([calls]) => report(calls?.[0], 'The numbers are in the file. They are made up.'),
    }),
  },
];
