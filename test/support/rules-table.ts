import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..', '..');
const TESTS = join(ROOT, 'test', 'simulator');
const DOCUMENT = join(ROOT, 'docs', 'slack-simulator.md');
const BEGIN = '<!-- rules: begin -->';
const END = '<!-- rules: end -->';

/** What the sections of the reference are about. */
const SECTIONS: Record<string, string> = {
  '1': 'Streaming',
  '2': 'Rate limits',
  '3': 'Block Kit',
  '4': 'Modals and App Home',
  '5': 'Interactivity',
  '6': 'Events',
  '7': 'Signatures',
  '8': 'OAuth',
  '9': 'Manifest',
  '10': 'Agent sessions and assistant threads',
  '11': 'Files',
  '12': "The wire: Slack's own client against the simulator",
};

type Rule = { section: string; rule: string; file: string };

/** Every test of the simulator whose title begins with a section of the reference. */
export function rulesInTests(): Rule[] {
  const files = readdirSync(TESTS).filter((name) => name.endsWith('.test.ts'));
  return files.flatMap((file) => {
    const source = readFileSync(join(TESTS, file), 'utf8');
    const titles = source.matchAll(/[([]\s*(['"`])§([\d.]+)\s+((?:(?!\1)[^\\\n]|\\.)+)\1/g);
    return [...titles].map(([, , section = '', title = '']) => ({
      section: section.replace(/\.$/, ''),
      rule: title.replaceAll(/\\(.)/g, '$1'),
      file,
    }));
  });
}

/** The rules as Markdown: a table for each chapter of the reference. */
export function rulesTable(): string {
  const rules = rulesInTests().sort(
    (a, b) => byNumber(a.section, b.section) || a.file.localeCompare(b.file) || a.rule.localeCompare(b.rule),
  );
  return Object.entries(SECTIONS)
    .map(([chapter, title]) => {
      const own = rules.filter(({ section }) => section.split('.')[0] === chapter);
      const rows = own.map(({ section, rule, file }) => `| §${section} | ${cell(rule)} | ${file} |`);
      return [`### §${chapter} ${title}`, '', '| section | rule | test |', '|---|---|---|', ...rows].join(
        '\n',
      );
    })
    .join('\n\n');
}

/** The document with the table of now. */
export function withRulesTable(document: string): string {
  const from = document.indexOf(BEGIN);
  const to = document.indexOf(END);
  if (from < 0 || to < from) throw new Error(`docs/slack-simulator.md needs the lines ${BEGIN} and ${END}.`);
  return `${document.slice(0, from + BEGIN.length)}\n\n${rulesTable()}\n\n${document.slice(to)}`;
}

export const readDocument = (): string => readFileSync(DOCUMENT, 'utf8');

const cell = (text: string): string => text.replaceAll('|', '\\|');

function byNumber(a: string, b: string): number {
  const [left, right] = [a, b].map((section) => section.split('.').map(Number));
  for (let at = 0; at < 3; at++) {
    const difference = (left?.[at] ?? -1) - (right?.[at] ?? -1);
    if (difference !== 0) return difference;
  }
  return 0;
}

if (import.meta.main) writeFileSync(DOCUMENT, withRulesTable(readDocument()));
