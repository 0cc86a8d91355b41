/** What a member of a manifest must be. Objects are closed: an unknown member is a fault. */
export type Rule =
  | {
      kind: 'string';
      max?: number;
      min?: number;
      oneOf?: readonly string[];
      form?: 'url' | 'command' | 'color';
    }
  | { kind: 'boolean' }
  | { kind: 'integer' }
  | { kind: 'list'; max: number; min?: number; of: Rule; unique?: boolean }
  | { kind: 'object'; members: Record<string, Rule>; required?: readonly string[] }
  /** Known, but not looked into. */
  | { kind: 'any' };

const text = (max?: number): Rule => ({ kind: 'string', ...(max === undefined ? {} : { max }) });
const name = (max: number): Rule => ({ kind: 'string', min: 1, max });
const flag: Rule = { kind: 'boolean' };
const url: Rule = { kind: 'string', form: 'url' };
const list = (max: number, of: Rule, min?: number): Rule => ({
  kind: 'list',
  max,
  of,
  ...(min === undefined ? {} : { min }),
});
const object = (members: Record<string, Rule>, required: string[] = []): Rule => ({
  kind: 'object',
  members,
  required,
});

const PROMPTS = list(4, object({ title: text(), message: text() }, ['title', 'message']));
const SCOPES: Rule = { kind: 'list', max: 255, of: text(), unique: true };
const EVENTS: Rule = { kind: 'list', max: 100, of: text(), unique: true };

/** The manifest of §9 with its limits. */
export const MANIFEST: Rule = object(
  {
    _metadata: object({ major_version: { kind: 'integer' }, minor_version: { kind: 'integer' } }),
    display_information: object(
      {
        name: name(35),
        description: text(140),
        long_description: text(4000),
        background_color: { kind: 'string', form: 'color' },
      },
      ['name'],
    ),
    features: object({
      app_home: object({
        home_tab_enabled: flag,
        messages_tab_enabled: flag,
        messages_tab_read_only_enabled: flag,
      }),
      agent_view: object({
        agent_description: text(300),
        suggested_prompts: PROMPTS,
        actions: list(100, object({ name: text(), description: text() }, ['name', 'description'])),
      }),
      assistant_view: object({ assistant_description: text(), suggested_prompts: PROMPTS }, [
        'assistant_description',
      ]),
      bot_user: object({ display_name: name(80), always_online: flag }, ['display_name']),
      slash_commands: list(
        50,
        object(
          {
            command: { kind: 'string', max: 32, form: 'command' },
            url,
            description: name(2000),
            usage_hint: text(1000),
            should_escape: flag,
          },
          ['command', 'description'],
        ),
      ),
      shortcuts: list(
        10,
        object(
          {
            name: name(24),
            type: { kind: 'string', oneOf: ['message', 'global'] },
            callback_id: name(255),
            description: name(150),
          },
          ['name', 'type', 'callback_id', 'description'],
        ),
      ),
      unfurl_domains: list(5, text()),
    }),
    oauth_config: object({
      redirect_urls: list(1000, url),
      pkce_enabled: flag,
      token_management_enabled: flag,
      scopes: object({ bot: SCOPES, user: SCOPES, bot_optional: SCOPES, user_optional: SCOPES }),
    }),
    settings: object({
      event_subscriptions: object({
        request_url: url,
        bot_events: EVENTS,
        user_events: EVENTS,
        metadata_subscriptions: list(20, { kind: 'any' }, 1),
      }),
      interactivity: object({ is_enabled: flag, request_url: url, message_menu_options_url: url }, [
        'is_enabled',
      ]),
      org_deploy_enabled: flag,
      socket_mode_enabled: flag,
      token_rotation_enabled: flag,
      is_mcp_enabled: flag,
      is_hosted: flag,
      function_runtime: text(),
      allowed_ip_address_ranges: { kind: 'any' },
      incoming_webhooks: { kind: 'any' },
    }),
    functions: { kind: 'any' },
    mcp_servers: { kind: 'any' },
  },
  ['display_information'],
);
