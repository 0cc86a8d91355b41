import { isObject, type Json, type JsonObject } from '../json.ts';
import type { App } from '../world/types.ts';

/** The settings of an app as a checked manifest (§9) has them. What it leaves out is off or empty. */
export function manifestSettings(
  manifest: JsonObject,
): Omit<
  App,
  | 'id'
  | 'clientId'
  | 'clientSecret'
  | 'signingSecret'
  | 'verificationToken'
  | 'distribution'
  | 'delayedEvents'
  | 'eventsDisabled'
> {
  const display = part(manifest.display_information);
  const features = part(manifest.features);
  const home = part(features.app_home);
  const agent = part(features.agent_view ?? features.assistant_view);
  const oauth = part(manifest.oauth_config);
  const scopes = part(oauth.scopes);
  const settings = part(manifest.settings);
  const events = part(settings.event_subscriptions);
  const interactivity = part(settings.interactivity);
  const interactive = interactivity.is_enabled === true;
  return {
    manifest,
    name: string(display.name),
    botName: string(part(features.bot_user).display_name) || string(display.name),
    description: string(display.description),
    isAgent: features.agent_view !== undefined || features.assistant_view !== undefined,
    homeTab: home.home_tab_enabled === true,
    messagesTab: home.messages_tab_enabled === true,
    messagesTabReadOnly: home.messages_tab_read_only_enabled === true,
    suggestedPrompts: parts(agent.suggested_prompts).map((one) => ({
      title: string(one.title),
      message: string(one.message),
    })),
    commands: parts(features.slash_commands).map((one) => ({
      command: string(one.command),
      url: address(one.url),
      description: string(one.description),
      usageHint: string(one.usage_hint),
      shouldEscape: one.should_escape === true,
    })),
    shortcuts: parts(features.shortcuts).map((one) => ({
      name: string(one.name),
      type: one.type === 'global' ? 'global' : 'message',
      callbackId: string(one.callback_id),
      description: string(one.description),
    })),
    redirectUrls: strings(oauth.redirect_urls),
    pkce: oauth.pkce_enabled === true,
    botScopes: [...strings(scopes.bot), ...strings(scopes.bot_optional)],
    userScopes: [...strings(scopes.user), ...strings(scopes.user_optional)],
    eventsUrl: address(events.request_url),
    subscriptions: strings(events.bot_events),
    interactionsUrl: interactive ? address(interactivity.request_url) : null,
    optionsUrl: interactive ? address(interactivity.message_menu_options_url) : null,
    orgDeploy: settings.org_deploy_enabled === true,
    tokenRotation: settings.token_rotation_enabled === true,
  };
}

const part = (value: Json | undefined): JsonObject => (isObject(value) ? value : {});
const parts = (value: Json | undefined): JsonObject[] => (Array.isArray(value) ? value.filter(isObject) : []);
const strings = (value: Json | undefined): string[] => (Array.isArray(value) ? value.map(String) : []);
const string = (value: Json | undefined): string => (typeof value === 'string' ? value : '');
const address = (value: Json | undefined): string | null => (typeof value === 'string' ? value : null);
