import axe from 'axe-core';
import type { Page } from 'playwright-core';

type Violation = { id: string; help: string; nodes: { target: string[]; failureSummary?: string }[] };

/** WCAG 2.2 A and AA, and what axe calls best practices. */
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/**
 * What axe finds wrong with the page as it stands: one line per element, empty when all is well.
 *
 * @param given.rules only these rules of axe, for what differs between two looks of one screen; else all of {@link TAGS}
 */
export async function axeFaults(page: Page, given: { rules?: string[] } = {}): Promise<string[]> {
  if ((await page.evaluate('typeof axe')) === 'undefined') await page.evaluate(axe.source);
  const runOnly = given.rules ? { type: 'rule', values: given.rules } : { type: 'tag', values: TAGS };
  // A menu lies over the page and belongs to no landmark, as a dialog does; axe knows that of dialogs alone.
  const hasMenu = await page.evaluate(`document.querySelector('[role="menu"]') !== null`);
  const rules = hasMenu && !given.rules ? { region: { enabled: false } } : {};
  const options = JSON.stringify({ resultTypes: ['violations'], runOnly, rules });
  const { violations } = (await page.evaluate(`axe.run(document, ${options})`)) as {
    violations: Violation[];
  };
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) =>
      `${id} (${help}): ${target.join(' ')} ${failureSummary ?? ''}`.replaceAll(/\s+/g, ' ').trim(),
    ),
  );
}

type AxNode = {
  ignored: boolean;
  role?: { value: string };
  name?: { value: string };
  description?: { value: string };
};

const CONTROLS = new Set([
  'button',
  'link',
  'textbox',
  'searchbox',
  'combobox',
  'checkbox',
  'radio',
  'switch',
  'tab',
  'menuitem',
  'slider',
  'spinbutton',
  'listbox',
  'dialog',
  'alertdialog',
  'img',
]);

/** Roles of the controls and pictures that a screen reader would meet without a name, as Chromium computes them. */
export async function namelessControls(page: Page): Promise<string[]> {
  const session = await page.context().newCDPSession(page);
  const { nodes } = (await session.send('Accessibility.getFullAXTree')) as { nodes: AxNode[] };
  await session.detach();
  return nodes
    .filter(({ ignored, role, name }) => !ignored && CONTROLS.has(role?.value ?? '') && !name?.value.trim())
    .map(({ role, description }) => `${role?.value} ${description?.value ?? ''}`.trim());
}
