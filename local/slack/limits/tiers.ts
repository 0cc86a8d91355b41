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

const TIER_2: RateRule = { perMinute: 20, burst: 0 };
const TIER_3: RateRule = { perMinute: 50, burst: 0 };
const TIER_4: RateRule = { perMinute: 100, burst: 0 };

/** The tiers of §2 (§1.7 for the three stream methods). "Special" ones are generous guesses. */
export const RATE_RULES: Record<string, RateRule> = {
  'auth.test': { perMinute: 300, burst: 0 },
  'chat.startStream': TIER_2,
  'chat.appendStream': TIER_4,
  'chat.stopStream': TIER_2,
  'chat.postMessage': { perMinute: 300, burst: 0, perChannelSecond: 1, channelBurst: 4 },
  'chat.postEphemeral': TIER_4,
  'chat.update': TIER_3,
  'chat.delete': TIER_3,
  'conversations.history': TIER_3,
  'conversations.replies': TIER_3,
  'conversations.info': TIER_3,
  'conversations.list': TIER_2,
  'users.info': TIER_4,
  'agents.sessions.setStatus': TIER_3,
  'reactions.add': TIER_3,
  'reactions.remove': TIER_2,
  'views.open': TIER_4,
};

/** The rule of a method that no tier names. */
export const DEFAULT_RULE: RateRule = TIER_3;
