import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { install } from '../../cli/install.ts';
import { createManifest } from '../../cli/manifest.ts';
import { findTarget } from '../../cli/target.ts';
import { down } from '../../local/down.ts';
import { projectRoot } from '../../local/places.ts';

import { SEED, startSlackSimulator } from '../../local/slack/server.ts';
import type { LocalStack } from '../../local/stack-file.ts';
import { up } from '../../local/up.ts';
import { freePort } from '../support/free-port.ts';
import { SlackSimulatorClient } from '../support/slack-client.ts';
import { makeShownChannels } from './support/channels.ts';
import { e2eSettings } from './support/settings.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    stack: LocalStack;
    slackUrl: string;
    stateDir: string;
  }
}

/** Deploys once for all end-to-end tests: emulator, stack and simulator of their own, on free ports. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  // A second run beside this one needs a place of its own: whoever comes later ends what it finds.
  const stateDir = process.env.E2E_STATE_DIR ?? join(projectRoot, '.local', 'e2e');
  const slack = await startSlackSimulator({ port: 0, retryScale: 0.01 });
  try {
    const stack = await up({
      stateDir,
      port: await freePort(),
      settings: { ...e2eSettings, slackApiUrl: `${slack.url}/api/` },
      appId: SEED.app,
      say: (line) => console.log(line),
    });
    const client = new SlackSimulatorClient(slack.url);
    // As an owner does it: the app is what the manifest says, with its scopes and no more.
    const manifest = createManifest({ apiUrl: stack.apiUrl, name: 'sluice' });
    await client.setApp({ manifest, signingSecret: stack.signingSecret });
    await client.setRateLimits({ enabled: false });
    await makeShownChannels(client, slack.url);
    const target = await findTarget({ local: true, stateDir, stack: 'Sluice' });
    await install(target, { team: SEED.team, botToken: SEED.botToken, app: SEED.app });
    project.provide('stack', stack);
    project.provide('slackUrl', slack.url);
    project.provide('stateDir', stateDir);
  } catch (error) {
    await down(stateDir);
    await slack.close();
    throw error;
  }
  return async () => {
    await down(stateDir);
    await slack.close();
  };
}
