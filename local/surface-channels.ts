import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DisplayRule } from '../core/display/choose-display.ts';
import { LocalError } from './local-error.ts';
import { projectRoot } from './places.ts';
import { SEED } from './slack/server.ts';

/** Channels of the local workspace in which turns are shown in another way than by default; ids are the simulator's. */
export const surfaceChannels: readonly { id: string; name: string; shown: DisplayRule }[] = [
  { id: 'C0TIMELINE0', name: 'timeline', shown: { surface: 'timeline', reactions: true } },
  { id: 'C0FINAL0000', name: 'final', shown: { surface: 'final', progressLine: true, reactions: true } },
];

/**
 * The setting `displays` of a local stack, as `-c` takes it: what the project's cdk.json says, and a rule for each of
 * these channels.
 *
 * @param project the text of cdk.json
 */
export function localDisplays(project = readFileSync(join(projectRoot, 'cdk.json'), 'utf8')): string {
  const { context } = JSON.parse(project) as { context?: { sluice?: { displays?: unknown } } };
  const own = context?.sluice?.displays;
  const rules = surfaceChannels.map(({ id, shown }) => ({ channel: id, ...shown }));
  return JSON.stringify([...(Array.isArray(own) ? own : []), ...rules]);
}

/**
 * Makes the channels in a running simulator, with everybody and the app in them.
 *
 * @throws LocalError with what the simulator said
 */
export async function makeSurfaceChannels(simulatorUrl: string): Promise<void> {
  const { requester, reviewer, operator, guest } = SEED.people;
  for (const { id, name } of surfaceChannels) {
    const response = await fetch(`${simulatorUrl}/_admin/channels`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        id,
        teamId: SEED.team,
        name,
        members: [requester, reviewer, operator, guest, SEED.botUser],
      }),
    });
    if (!response.ok)
      throw new LocalError(`The Slack simulator made no channel #${name}: ${await response.text()}`);
  }
}
