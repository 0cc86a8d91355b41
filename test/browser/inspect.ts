import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { axeFaults, namelessControls } from '../support/axe.ts';
import { type OpenPage, painted } from '../support/page.ts';

/**
 * What is wrong with a screen as it stands: axe's rules, controls without names, sideways scrolling; with `dark` also
 * the contrast of its dark look, which differs in colours alone. It is light again afterwards.
 */
export async function faultsOf(page: Page, given: { dark?: boolean } = {}): Promise<string[]> {
  await painted(page);
  const width = await page.evaluate(
    'document.scrollingElement.scrollWidth > innerWidth ? document.scrollingElement.scrollWidth : 0',
  );
  const faults = [
    ...(width === 0 ? [] : [`the page scrolls sideways: it is ${String(width)} wide`]),
    ...(await axeFaults(page)),
    ...(await namelessControls(page)),
  ];
  if (!given.dark) return faults;
  await page.emulateMedia({ colorScheme: 'dark' });
  await painted(page);
  const dark = await axeFaults(page, { rules: ['color-contrast'] });
  await page.emulateMedia({ colorScheme: 'light' });
  return [...faults, ...dark.map((fault) => `dark: ${fault}`)];
}

/**
 * Looks at one screen after another, takes its picture, and says at the end what was wrong with each. Colours do not
 * depend on the width: the dark look is checked in wide windows alone.
 */
export function inspector({ page, picture }: Pick<OpenPage, 'page' | 'picture'>): {
  see: (screen: string) => Promise<void>;
  expectNone: () => void;
} {
  const found: string[] = [];
  const width = page.viewportSize()?.width ?? 0;
  return {
    see: async (screen) => {
      for (const fault of await faultsOf(page, { dark: width > 1_000 })) found.push(`${screen}: ${fault}`);
      await picture(`screen-${screen.replaceAll(' ', '-')}-${width}`);
    },
    expectNone: () => expect(found).toEqual([]),
  };
}
