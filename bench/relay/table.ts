import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../local/places.ts';
import { loadResult, type Part, type PartResult, tableOf } from './results.ts';

const DOCUMENT = join(projectRoot, 'docs', 'live-status.md');
const BEGIN = '<!-- relay figures: begin -->';
const END = '<!-- relay figures: end -->';

const titles: Record<Part, string> = {
  load: 'Many turns at once',
  peer: 'The same load with a throttle of each turn by itself',
  alone: 'One turn alone',
  bursts: 'Tool steps in bursts',
  faults: 'Lost answers, errors and crashes',
  long: 'Long turns',
};

/** In the order in which they are read. */
const order: readonly Part[] = ['load', 'peer', 'alone', 'bursts', 'faults', 'long'];

/**
 * Writes the figures of the last runs into docs/live-status.md.
 *
 * @throws Error when a part has not run at full length
 */
export function writeTable(): void {
  const results = order.map((part) => {
    const result = loadResult(part);
    if (!result?.full)
      throw new Error(
        `There are no figures of "${part}" at full length: \`npm run bench:relay -- ${part}\`.`,
      );
    return result;
  });
  const text = readFileSync(DOCUMENT, 'utf8');
  const [before, rest] = [text.split(BEGIN)[0], text.split(END)[1]];
  if (before === undefined || rest === undefined) throw new Error(`${DOCUMENT} has no ${BEGIN} and ${END}.`);
  writeFileSync(DOCUMENT, `${before}${BEGIN}\n${results.map(sectionOf).join('\n\n')}\n${END}${rest}`);
}

const sectionOf = (result: PartResult): string =>
  `### ${titles[result.part]}\n\n${result.how}\n\n${tableOf(result)}${wrongsOf(result)}`;

const wrongsOf = ({ wrongs }: PartResult): string =>
  wrongs.length === 0 ? '' : `\n\n${wrongs.length} things went wrong, the first of them: ${wrongs[0]}.`;
