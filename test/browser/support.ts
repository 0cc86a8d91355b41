import type { Browser, Locator } from 'playwright-core';
import { afterAll, afterEach, beforeAll } from 'vitest';
import type { SimulatorOptions } from '../../local/slack/server.ts';
import { type Scene, SEED, scene } from '../simulator/support.ts';
import { launchBrowser } from '../support/browser.ts';
import { type OpenPage, openPage, type PageGiven } from '../support/page.ts';

let browser: Browser | undefined;
const opened: OpenPage[] = [];

/**
 * One browser for all tests of a file; each page has a context of its own. After a test its pages are closed, and the
 * test fails when one of them said an error or a warning in its console.
 */
export function useBrowser(): void {
  beforeAll(async () => {
    browser = await launchBrowser();
  }, 60_000);
  afterEach(async () => {
    const pages = opened.splice(0);
    for (const { close } of pages) await close();
    for (const { expectQuietConsole } of pages) expectQuietConsole();
  });
  afterAll(async () => browser?.close());
}

/** A simulator with an app that answers as told, and its page opened at an address. */
export async function scenePage(
  address: string,
  given: SimulatorOptions & PageGiven = {},
): Promise<Scene & OpenPage> {
  const { width, height, dark, path, quietBut, ...options } = given;
  const setting = await scene(options);
  return { ...setting, ...(await pageOf(setting, address, { width, height, dark, path, quietBut })) };
}

/** Another page on the same simulator. */
export async function pageOf(
  { slack }: { slack: { url: string } },
  address: string,
  given: { [K in keyof PageGiven]?: PageGiven[K] | undefined } = {},
): Promise<OpenPage> {
  if (!browser) throw new Error('Call useBrowser() at the top of the test file.');
  const set = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const page = await openPage(browser, slack.url, address, set);
  opened.push(page);
  return page;
}

/** Waits until an element has the focus. */
export const focused = ({ page }: Pick<OpenPage, 'page'>, element: Locator): Promise<void> =>
  element.and(page.locator(':focus')).waitFor();

/** Gives the bot the scope that a video block asks for. */
export async function allowVideos(slack: Scene['slack']): Promise<void> {
  const { installations } = await slack.state();
  const scopes = installations.find(({ appId }) => appId === SEED.app)?.scopes ?? [];
  await slack.setInstallation({ scopes: [...scopes, 'links.embed:write'] });
}
