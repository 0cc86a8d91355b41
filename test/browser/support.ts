import type { Browser } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import type { SimulatorOptions } from '../../local/slack/server.ts';
import { type Scene, scene } from '../simulator/support.ts';
import { launchBrowser } from '../support/browser.ts';
import { type OpenPage, openPage } from '../support/page.ts';

let browser: Browser | undefined;

/** One browser for all tests of a file; each test opens a context of its own. */
export function useBrowser(): void {
  beforeAll(async () => {
    browser = await launchBrowser();
  }, 60_000);
  afterAll(async () => browser?.close());
}

/** A simulator with an app that answers as told, and its page opened at an address. */
export async function scenePage(
  address: string,
  given: SimulatorOptions & Parameters<typeof openPage>[3] = {},
): Promise<Scene & OpenPage> {
  const { width, height, dark, path, ...options } = given;
  const setting = await scene(options);
  return { ...setting, ...(await pageOf(setting, address, { width, height, dark, path })) };
}

/** Another page on the same simulator. */
export async function pageOf(
  { slack }: Scene,
  address: string,
  given: { [K in 'width' | 'height']?: number | undefined } & {
    dark?: boolean | undefined;
    path?: string | undefined;
  } = {},
): Promise<OpenPage> {
  if (!browser) throw new Error('Call useBrowser() at the top of the test file.');
  const set = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  return openPage(browser, slack.url, address, set);
}
