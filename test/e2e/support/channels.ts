import type { DisplayRule } from '../../../core/display/choose-display.ts';
import { SEED } from '../../../local/slack/server.ts';
import { localDisplays, makeSurfaceChannels, surfaceChannels } from '../../../local/surface-channels.ts';
import type { SlackSimulatorClient } from '../../support/slack-client.ts';

const idOf = (surface: string): string =>
  surfaceChannels.find(({ shown }) => shown.surface === surface)?.id ?? `no channel for ${surface}`;

/** Channels in which turns are shown in another way than by default, so that other tests see the default. */
export const shownChannels = {
  timeline: idOf('timeline'),
  final: idOf('final'),
  /** By default, and beside it all that is for everyone in the channel. */
  watched: 'C0WATCHED00',
  /** Model text may do as much as settings can allow. */
  trusting: 'C0TRUSTING0',
} as const;

const ownRules: readonly (DisplayRule & { channel: string })[] = [
  { channel: shownChannels.watched, progressLine: true, reactions: true },
  {
    channel: shownChannels.trusting,
    mentions: 'people',
    links: ['example.com'],
    footer: ['model'],
    feedback: false,
  },
];

/** The setting `displays` for these channels. */
export const displays = JSON.stringify([...(JSON.parse(localDisplays()) as DisplayRule[]), ...ownRules]);

/** Makes the channels, with everybody and the app in them. */
export async function makeShownChannels(slack: SlackSimulatorClient, url: string): Promise<void> {
  await makeSurfaceChannels(url);
  const { requester, reviewer } = SEED.people;
  for (const { channel: id } of ownRules)
    await slack.createChannel({
      id,
      teamId: SEED.team,
      name: id.slice(2).toLowerCase(),
      members: [requester, reviewer, SEED.botUser],
    });
}
