// Takes the pictures of README and docs from a stack that `npm start` runs:
// node test/support/take-pictures.ts [http://127.0.0.1:3780] [approvals] [surfaces]
import { takeApprovalPictures } from './approval-pictures.ts';
import { launchBrowser } from './browser.ts';
import { createCamera } from './camera.ts';
import { SlackSimulatorClient } from './slack-client.ts';
import { takeSurfacePictures } from './surface-pictures.ts';

const given = process.argv.slice(2);
const url = given.find((word) => word.startsWith('http')) ?? 'http://127.0.0.1:3780';
const wanted = given.filter((word) => !word.startsWith('http'));
const isWanted = (group: string): boolean => wanted.length === 0 || wanted.includes(group);

const browser = await launchBrowser();
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 1240 } });
  page.on('console', (message) => message.type() === 'error' && console.error(message.text()));
  const camera = createCamera(url, new SlackSimulatorClient(url, { timeoutMs: 60_000 }), page);
  if (isWanted('approvals')) await takeApprovalPictures(camera);
  if (isWanted('surfaces')) await takeSurfacePictures(camera);
} finally {
  await browser.close();
}
