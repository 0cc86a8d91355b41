/** How often one app may call one method in one workspace. */
export type RateRule = {
  /** Calls in any 60 s. */
  perMinute: number;
  /** Calls beyond `perMinute` that Slack lets through; its size is not documented (§2), so 0 by default. */
  burst: number;
  /** For chat.postMessage: calls in any second in one channel, and how many more pass as a burst. */
  perChannelSecond?: number;
  channelBurst?: number;
};

/** The tier that §2 names for a method; `special` ones have a rule of their own. */
export type Tier = 1 | 2 | 3 | 4 | 'special';

const PER_MINUTE: Record<Exclude<Tier, 'special'>, number> = { 1: 1, 2: 20, 3: 50, 4: 100 };

const T1 = ['apps.uninstall', 'apps.manifest.create', 'apps.manifest.update'];
const T2 = [
  'canvases.create',
  'chat.startStream',
  'chat.stopStream',
  'conversations.create',
  'conversations.list',
  'reactions.remove',
  'reactions.list',
  'users.list',
];
const T3 = [
  'agents.sessions.rename',
  'agents.sessions.setStatus',
  'apps.manifest.validate',
  'auth.revoke',
  'bots.info',
  'canvases.edit',
  'chat.delete',
  'chat.deleteScheduledMessage',
  'chat.meMessage',
  'chat.scheduleMessage',
  'chat.scheduledMessages.list',
  'chat.unfurl',
  'chat.update',
  'conversations.history',
  'conversations.info',
  'conversations.join',
  'conversations.open',
  'conversations.replies',
  'files.delete',
  'files.list',
  'functions.completeError',
  'functions.completeSuccess',
  'oauth.v2.exchange',
  'reactions.add',
  'reactions.get',
  'team.info',
  'users.lookupByEmail',
];
const T4 = [
  'assistant.threads.setSuggestedPrompts',
  'assistant.threads.setTitle',
  'chat.appendStream',
  'chat.postEphemeral',
  'conversations.members',
  'files.completeUploadExternal',
  'files.getUploadURLExternal',
  'files.info',
  'users.info',
  'views.open',
  'views.publish',
  'views.push',
  'views.update',
];

/** Rules of their own. Where §2 says only "special", a generous guess. */
const SPECIAL: Record<string, RateRule> = {
  'apps.event.authorizations.list': { perMinute: 300, burst: 0 },
  'assistant.search.context': { perMinute: 300, burst: 0 },
  'assistant.threads.setStatus': { perMinute: 600, burst: 0 },
  'auth.test': { perMinute: 300, burst: 0 },
  'chat.getPermalink': { perMinute: 300, burst: 0 },
  'chat.postMessage': { perMinute: 300, burst: 0, perChannelSecond: 1, channelBurst: 4 },
  'oauth.v2.access': { perMinute: 300, burst: 0 },
};

/** The tiers of §2 (§1.7 for the three stream methods). */
const TIERS: ReadonlyMap<string, Tier> = new Map<string, Tier>([
  ...T1.map((method) => [method, 1] as const),
  ...T2.map((method) => [method, 2] as const),
  ...T3.map((method) => [method, 3] as const),
  ...T4.map((method) => [method, 4] as const),
  ...Object.keys(SPECIAL).map((method) => [method, 'special'] as const),
]);

/** The tier of a method that §2 does not name. */
const DEFAULT_TIER = 3;

export const tierOf = (method: string): Tier => TIERS.get(method) ?? DEFAULT_TIER;

/** Slack's rule for a method. */
export function ruleOf(method: string): RateRule {
  const tier = tierOf(method);
  return tier === 'special'
    ? (SPECIAL[method] ?? { perMinute: PER_MINUTE[3], burst: 0 })
    : { perMinute: PER_MINUTE[tier], burst: 0 };
}
