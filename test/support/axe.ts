import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

type Violation = { id: string; help: string; nodes: { target: string[]; failureSummary?: string }[] };

/**
 * What axe finds wrong with the page as it stands: one line per element, empty when all is well. Rules are those of
 * WCAG 2.2 A and AA and axe's best practices.
 */
export async function axeFaults(page: Page): Promise<string[]> {
  await page.evaluate(source);
  const result = (await page.evaluate(
    `axe.run(document, { resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })`,
  )) as { violations: Violation[] };
  return result.violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) =>
      `${id} (${help}): ${target.join(' ')} ${failureSummary ?? ''}`.replaceAll(/\s+/g, ' ').trim(),
    ),
  );
}
