import { expect, test } from 'vitest';
import { GENERAL, REQUESTER } from '../simulator/support.ts';
import { messages } from './gallery.ts';
import { faultsOf } from './inspect.ts';
import { allowVideos, scenePage, useBrowser } from './support.ts';

useBrowser();

test.each(messages)(
  '$name: all is drawn and accessible, in both themes, wide and narrow',
  async ({ name, text, blocks }) => {
    const { api, main, page, picture, slack } = await scenePage(`${REQUESTER}/${GENERAL}`);
    await allowVideos(slack);
    const posted = await api('chat.postMessage', { channel: GENERAL, text, blocks });
    expect(posted).toMatchObject({ ok: true });
    await main.locator(`article[data-ts="${String(posted.ts)}"] .message-body`).waitFor();
    expect(await main.getByText(/cannot be shown/).count()).toBe(0);
    expect(await faultsOf(page)).toEqual([]);
    await picture(`gallery-${name.replace(' ', '-')}`);
    await page.setViewportSize({ width: 800, height: 900 });
    // The panel folds as a narrow window loads; it would cover the message.
    await page.reload();
    await page.getByRole('button', { name: 'Show what the app did' }).waitFor();
    await main.locator(`article[data-ts="${String(posted.ts)}"] .message-body`).waitFor();
    expect(await faultsOf(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    await picture(`gallery-${name.replace(' ', '-')}-800-dark`);
  },
);
