export interface ManifestOptions {
  /** Base of the deployed API. */
  apiUrl: string;
  /** What people call the agent, at most 35 characters. */
  name: string;
}

/** What Slack tells the app of: mentions, direct messages, and people who press stop or give a thread a title. */
const botEvents = ['agent_session_stopped', 'agent_session_title_changed', 'app_mention', 'message.im'];

/** Mentions and direct messages in, answers, files and reactions out; threads, their files and people read. */
const botScopes = [
  'app_mentions:read',
  'assistant:write',
  'channels:history',
  'channels:read',
  'chat:write',
  'files:read',
  'files:write',
  'groups:history',
  'im:history',
  'mpim:history',
  'reactions:write',
  'users:read',
];

/** The app's manifest for the deployed addresses; Slack takes it at "Create New App", "From a manifest". */
export function createManifest({ apiUrl, name }: ManifestOptions) {
  return {
    _metadata: { major_version: 2, minor_version: 0 },
    display_information: { name, description: 'An agent that works in your threads and asks before it acts' },
    features: {
      app_home: {
        home_tab_enabled: false,
        messages_tab_enabled: true,
        messages_tab_read_only_enabled: false,
      },
      agent_view: {
        agent_description: 'Works on what you ask in a thread, shows its steps, asks before it acts',
        suggested_prompts: [{ title: 'What can you do?', message: 'help' }],
      },
      bot_user: { display_name: name, always_online: true },
    },
    oauth_config: { scopes: { bot: botScopes } },
    settings: {
      event_subscriptions: { request_url: `${apiUrl}/slack/events`, bot_events: botEvents },
      interactivity: { is_enabled: true, request_url: `${apiUrl}/slack/interactions` },
      org_deploy_enabled: false,
      socket_mode_enabled: false,
      token_rotation_enabled: false,
    },
  };
}

/** Scopes of the manifest that a token does not have: the app was changed and not installed again. */
export function missingScopes(granted: readonly string[]): string[] {
  return botScopes.filter((scope) => !granted.includes(scope));
}
