import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

const PICTURES = join(import.meta.dirname, '..', '..', '.local', 'test', 'pictures');

/** How a page is opened. */
export type PageGiven = {
  width?: number;
  height?: number;
  dark?: boolean;
  path?: string;
  /** What the console may say all the same, where a test takes the simulator away. */
  quietBut?: RegExp;
};

/** The simulator's page in a browser; whatever its console calls an error is kept. */
export type OpenPage = {
  page: Page;
  /** Fails when the console said an error or a warning since the page was opened. */
  expectQuietConsole: () => void;
  /** The middle: a conversation, or an app's home. */
  main: Locator;
  /** The side pane of a thread. */
  thread: Locator;
  panel: Locator;
  /** Takes a picture into .local/test/pictures once what changed is painted. */
  picture: (name: string) => Promise<void>;
  /** Goes on as another person. */
  writeAs: (name: string) => Promise<void>;
  close: () => Promise<void>;
};

/** Opens the page at an address such as `U0REQUESTER/C0GENERAL00`, in a context of its own (no stored settings). */
export async function openPage(
  browser: Browser,
  url: string,
  address = '',
  given: PageGiven = {},
): Promise<OpenPage> {
  const { width = 1280, height = 800, dark = false, path = '/', quietBut } = given;
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: dark ? 'dark' : 'light',
    // Animations change pictures from run to run.
    reducedMotion: 'reduce',
  });
  // Pictures and videos that messages name lie on the network, which no test needs: they come back as nothing.
  await context.route(
    (asked) => asked.protocol.startsWith('http') && asked.hostname !== '127.0.0.1',
    (route) => route.fulfill({ status: 200, contentType: 'text/plain', body: '' }),
  );
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  const said: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) said.push(message.text());
  });
  page.on('pageerror', (error) => said.push(error.message));
  await page.goto(`${url}${path}${address === '' ? '' : `#${address}`}`);
  return {
    page,
    expectQuietConsole: () => expect(said.filter((one) => !quietBut?.test(one))).toEqual([]),
    main: page.getByRole('main'),
    thread: page.getByRole('complementary', { name: 'Thread' }),
    panel: page.getByRole('complementary', { name: 'What the app did' }),
    picture: async (name) => {
      mkdirSync(PICTURES, { recursive: true });
      await painted(page);
      await page.screenshot({ path: join(PICTURES, `${name}.png`) });
    },
    writeAs: async (name) => {
      await page.getByRole('combobox', { name: 'You write as' }).selectOption({ label: name });
    },
    close: () => context.close(),
  };
}

/** Two frames: what the last event changed is on the screen then. */
export async function painted(page: Page): Promise<void> {
  await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
}
