import { existsSync } from 'node:fs';
import chromium from '@sparticuz/chromium';
import { type Browser, chromium as playwright } from 'playwright-core';

/** Where an installed Chrome may be, before the bundled one is taken. */
const INSTALLED = ['/usr/bin/google-chrome', '/usr/bin/chromium', '/usr/bin/chromium-browser'];

/**
 * The bundled Chromium's own arguments are made for Lambda: with `--single-process` closing a page ends the browser.
 * `--no-sandbox`: containers and root have no sandbox to offer, and only our own page is opened.
 */
const ARGS = ['--no-sandbox', '--font-render-hinting=none', '--use-gl=angle', '--use-angle=swiftshader'];

/** Starts a headless Chromium: the one that `CHROME_PATH` names, an installed one, or the one from npm. */
export async function launchBrowser(): Promise<Browser> {
  const given = process.env.CHROME_PATH ?? INSTALLED.find((path) => existsSync(path));
  const executablePath = given ?? (await chromium.executablePath());
  return playwright.launch({ executablePath, args: ARGS, headless: true });
}
