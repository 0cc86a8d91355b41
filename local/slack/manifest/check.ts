import { isObject, type Json, type JsonObject } from '../json.ts';
import { unknownScopes } from '../oauth/scopes.ts';
import { MANIFEST, type Rule } from './rules.ts';

/** What is wrong with a manifest, and where, as a JSON pointer. */
export type ManifestFault = { message: string; pointer: string };

/** The most MCP servers of a manifest (§9). */
const MAX_MCP_SERVERS = 20;

/**
 * Checks a manifest against the table of §9 and what its parts need of each other; empty when it is good.
 *
 * @param given.newApp new apps can only use `agent_view` (§9)
 */
export function checkManifest(manifest: Json, given: { newApp: boolean }): ManifestFault[] {
  const faults = check(manifest, MANIFEST, '');
  if (faults.length > 0 || !isObject(manifest)) return faults;
  return [...checkParts(manifest), ...(given.newApp ? checkNew(manifest) : [])];
}

function check(value: Json, rule: Rule, pointer: string): ManifestFault[] {
  const wrong = (message: string) => [{ message, pointer }];
  switch (rule.kind) {
    case 'any':
      return [];
    case 'boolean':
      return typeof value === 'boolean' ? [] : wrong('must be boolean');
    case 'integer':
      return Number.isInteger(value) ? [] : wrong('must be integer');
    case 'string':
      return checkString(value, rule).flatMap(wrong);
    case 'list': {
      if (!Array.isArray(value)) return wrong('must be array');
      const size = [
        ...(value.length > rule.max ? wrong(`must NOT have more than ${rule.max} items`) : []),
        ...(value.length < (rule.min ?? 0) ? wrong(`must NOT have fewer than ${rule.min} items`) : []),
        ...(rule.unique && new Set(value).size < value.length ? wrong('must NOT have duplicate items') : []),
      ];
      return [...size, ...value.flatMap((item, at) => check(item, rule.of, `${pointer}/${at}`))];
    }
    case 'object': {
      if (!isObject(value)) return wrong('must be object');
      const missing = (rule.required ?? [])
        .filter((name) => value[name] === undefined)
        .map((name) => ({ message: 'is required', pointer: `${pointer}/${name}` }));
      const members = Object.entries(value).flatMap(([name, member]) => {
        const of = Object.hasOwn(rule.members, name) ? rule.members[name] : undefined;
        if (!of) return [{ message: 'is not a known property', pointer: `${pointer}/${name}` }];
        return member === undefined ? [] : check(member, of, `${pointer}/${name}`);
      });
      return [...missing, ...members];
    }
  }
}

function checkString(value: Json, rule: Rule & { kind: 'string' }): string[] {
  if (typeof value !== 'string') return ['must be string'];
  if (rule.max !== undefined && value.length > rule.max)
    return [`must NOT have more than ${rule.max} characters`];
  if (value.length < (rule.min ?? 0)) return [`must NOT have fewer than ${rule.min} characters`];
  if (rule.oneOf && !rule.oneOf.includes(value)) return [`must be one of ${rule.oneOf.join(', ')}`];
  if (rule.form === 'url' && !/^https?:$/.test(protocolOf(value))) return ['must be a valid URL'];
  if (rule.form === 'command' && !/^\/[^\s/A-Z]+$/.test(value)) {
    return ['must begin with a slash and have neither spaces nor capitals'];
  }
  if (rule.form === 'color' && !/^#([0-9a-f]{3}|[0-9a-f]{6})$/i.test(value))
    return ['must be a colour such as #1a2b3c'];
  return [];
}

function protocolOf(text: string): string {
  return URL.canParse(text) ? new URL(text).protocol : '';
}

/** What one part needs of another: addresses for what is delivered, a bot for bot events, scopes that exist. */
function checkParts(manifest: JsonObject): ManifestFault[] {
  const at = (...path: string[]): Json | undefined =>
    path.reduce<Json | undefined>((value, name) => (isObject(value) ? value[name] : undefined), manifest);
  const size = (value: Json | undefined) => (Array.isArray(value) ? value.length : 0);
  const strings = (value: Json | undefined) => (Array.isArray(value) ? value.map(String) : []);
  const socket = at('settings', 'socket_mode_enabled') === true;
  const bot = strings(at('oauth_config', 'scopes', 'bot'));
  const faults: ManifestFault[] = [];
  const need = (good: boolean, message: string, pointer: string) => {
    if (!good) faults.push({ message, pointer });
  };
  const events = at('settings', 'event_subscriptions');
  const wanted = size(at('settings', 'event_subscriptions', 'bot_events')) > 0;
  need(
    !wanted || socket || (isObject(events) && events.request_url !== undefined),
    'needs a request URL, or Socket Mode',
    '/settings/event_subscriptions',
  );
  need(!wanted || isObject(at('features', 'bot_user')), 'bot events need a bot user', '/features/bot_user');
  const interactivity = at('settings', 'interactivity');
  need(
    !isObject(interactivity) ||
      !interactivity.is_enabled ||
      socket ||
      interactivity.request_url !== undefined,
    'needs a request URL, or Socket Mode',
    '/settings/interactivity',
  );
  const commands = at('features', 'slash_commands');
  for (const [index, command] of (Array.isArray(commands) ? commands : []).entries()) {
    const good = socket || (isObject(command) && command.url !== undefined);
    need(good, 'needs a URL, or Socket Mode', `/features/slash_commands/${index}/url`);
  }
  const offers = size(commands) + size(at('features', 'shortcuts')) > 0;
  need(!offers || bot.includes('commands'), 'needs the scope commands', '/oauth_config/scopes/bot');
  need(
    bot.length === 0 || isObject(at('features', 'bot_user')),
    'bot scopes need a bot user',
    '/features/bot_user',
  );
  for (const kind of ['bot', 'user'] as const) {
    const given = [kind, `${kind}_optional`].map(
      (name) => [name, strings(at('oauth_config', 'scopes', name))] as const,
    );
    for (const [name, scopes] of given) {
      const wrong = unknownScopes(scopes, kind);
      need(wrong.length === 0, `no such scope: ${wrong.join(', ')}`, `/oauth_config/scopes/${name}`);
    }
  }
  const servers = at('mcp_servers');
  const count = isObject(servers) ? Object.keys(servers).length : 0;
  need(count <= MAX_MCP_SERVERS, `must NOT have more than ${MAX_MCP_SERVERS} servers`, '/mcp_servers');
  return faults;
}

function checkNew(manifest: JsonObject): ManifestFault[] {
  const { features } = manifest;
  const old = isObject(features) && features.assistant_view !== undefined;
  return old ? [{ message: 'new apps use agent_view', pointer: '/features/assistant_view' }] : [];
}
