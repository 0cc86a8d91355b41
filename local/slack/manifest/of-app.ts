import { isObject, type JsonObject } from '../json.ts';
import type { App } from '../world/types.ts';

/** An app as a manifest (§9): what was given when it was made, with its settings as they are now. */
export function manifestOf(app: App): JsonObject {
  const given = app.manifest ?? {};
  const of = (name: string): JsonObject => {
    const value = given[name];
    return isObject(value) ? value : {};
  };
  return {
    _metadata: { major_version: 2, minor_version: 0 },
    ...given,
    display_information: { ...of('display_information'), name: app.name, description: app.description },
    features: { ...of('features'), ...featuresOf(app) },
    oauth_config: {
      ...of('oauth_config'),
      redirect_urls: app.redirectUrls,
      pkce_enabled: app.pkce,
      scopes: { bot: app.botScopes, user: app.userScopes },
    },
    settings: {
      ...of('settings'),
      event_subscriptions: {
        ...(app.eventsUrl === null ? {} : { request_url: app.eventsUrl }),
        bot_events: app.subscriptions,
      },
      interactivity: {
        is_enabled: app.interactionsUrl !== null,
        ...(app.interactionsUrl === null ? {} : { request_url: app.interactionsUrl }),
        ...(app.optionsUrl === null ? {} : { message_menu_options_url: app.optionsUrl }),
      },
      org_deploy_enabled: app.orgDeploy,
      token_rotation_enabled: app.tokenRotation,
    },
  };
}

function featuresOf(app: App): JsonObject {
  return {
    app_home: {
      home_tab_enabled: app.homeTab,
      messages_tab_enabled: app.messagesTab,
      messages_tab_read_only_enabled: app.messagesTabReadOnly,
    },
    bot_user: { display_name: app.botName, always_online: true },
    slash_commands: app.commands.map((one) => ({
      command: one.command,
      ...(one.url === null ? {} : { url: one.url }),
      description: one.description,
      usage_hint: one.usageHint,
      should_escape: one.shouldEscape,
    })),
    shortcuts: app.shortcuts.map((one) => ({
      name: one.name,
      type: one.type,
      callback_id: one.callbackId,
      description: one.description,
    })),
  };
}
