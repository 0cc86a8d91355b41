import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { SlackSimulatorClient } from './slack-client.ts';

const images = join(import.meta.dirname, '..', '..', 'docs', 'images');

/** Takes the pictures of README and docs from the simulator's page. */
export interface Camera {
  slack: SlackSimulatorClient;
  page: Page;
  /** Opens a thread as somebody sees it. */
  openThread: (user: string, channel: string, ts: string) => Promise<void>;
  /** Waits for the steps and opens them: Slack shows a plan folded. */
  openSteps: () => Promise<void>;
  /** Scrolls the thread from its beginning to one of its messages, which then stands a little below the top. */
  scrollTo: (ts: string) => Promise<void>;
  shoot: (name: string) => Promise<void>;
}

const SCROLL_STEP = 500;
const MOST_ROUNDS = 200;
/** So much of what stands before is seen as well, pixels. */
const ABOVE = 420;

/** Brings a message to its place, or scrolls to `top` where it is not drawn yet; tells how far off it was. */
const MOVE = `(ts, top) => {
  const list = document.querySelector('.thread .messages-scroller');
  const message = list.querySelector('article[data-ts="' + ts + '"]');
  if (message === null) list.scrollTop = top;
  if (message === null) return null;
  const off = Math.round(message.getBoundingClientRect().top - list.getBoundingClientRect().top - ${ABOVE});
  list.scrollTop += off;
  return off;
}`;

/** Two frames: what the last event changed is on the screen then. */
async function painted(page: Page): Promise<void> {
  await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
}

export function createCamera(url: string, slack: SlackSimulatorClient, page: Page): Camera {
  return {
    slack,
    page,
    openThread: async (user, channel, ts) => {
      await page.goto(`${url}/#${user}/${channel}/${ts}`);
      await page.reload();
      await page.getByRole('complementary', { name: 'Thread' }).waitFor();
      // The lists draw their messages a moment after they are there themselves.
      for (const list of ['main', '.thread'])
        await page.locator(`${list} article[data-ts]`).first().waitFor();
    },
    openSteps: async () => {
      await page.locator('.thread .plan-head').first().waitFor();
      for (const head of await page.locator('.plan-head[aria-expanded="false"]').all()) await head.click();
    },
    scrollTo: async (ts) => {
      // The list holds on to its end until a reader moves it.
      await page.getByRole('complementary', { name: 'Thread' }).hover();
      await page.mouse.wheel(0, -SCROLL_STEP);
      // Only what is near is drawn, and heights are guesses until it is: the place is looked for in steps, and again.
      let top = 0;
      for (let round = 0; round < MOST_ROUNDS; round++) {
        const off = await page.evaluate(`(${MOVE})('${ts}', ${top})`);
        await painted(page);
        if (off === 0) return;
        if (off === null) top += SCROLL_STEP;
      }
      throw new Error(`The thread shows no message ${ts}.`);
    },
    shoot: async (name) => {
      await painted(page);
      await page.screenshot({ path: join(images, `${name}.png`) });
      console.log(`docs/images/${name}.png`);
    },
  };
}
