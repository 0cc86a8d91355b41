import type { AdminChannel } from '../../local/slack/admin/types.ts';
import type { ActiveFault, ApiFault, DeliveryFault } from '../../local/slack/faults/faults.ts';
import type { JsonObject } from '../../local/slack/json.ts';
import type { RateRule } from '../../local/slack/limits/tiers.ts';
import type { RateCounter } from '../../local/slack/limits/windows.ts';
import type { AuthorizeScreen } from '../../local/slack/oauth/authorize-screen.ts';
import type { AuthorizeFault, AuthorizeQuery } from '../../local/slack/oauth/check-authorize.ts';
import type { Token } from '../../local/slack/oauth/types.ts';
import type { SimulatorOptions } from '../../local/slack/options.ts';
import type {
  App,
  ChannelKind,
  Enterprise,
  Installation,
  Person,
  UserGroup,
  Workspace,
} from '../../local/slack/world/types.ts';
import { SlackAdminHttp } from './slack-admin-http.ts';

type ApiFaultInput = Omit<ApiFault, 'target' | 'method'> & { method?: string };
/** What can be set of an app. */
type AppSettings = Partial<Omit<App, 'id' | 'verificationToken' | 'manifest' | 'botName'>>;
type PersonSettings = Partial<Omit<Person, 'id' | 'teamId' | 'name' | 'isBot'>>;
type ChannelSettings = {
  topic?: string;
  purpose?: string;
  /** Other workspaces that see it; of another organisation, it is externally shared. */
  sharedWith?: string[];
  extShared?: boolean;
  postingRestricted?: boolean;
};

type DeliveryFaultInput = Omit<DeliveryFault, 'target' | 'event'> & { event?: string };

/** The part of the simulator's client that sets the scene: misbehaviour, limits, clock, and what exists. */
export class SlackWorldClient extends SlackAdminHttp {
  // Misbehaviour

  /** The Web API misbehaves; without `times` until cleared. */
  fault(given: ApiFaultInput): Promise<ActiveFault> {
    return this.send('POST', 'faults', { target: 'api', ...given });
  }

  faultDelivery(given: DeliveryFaultInput): Promise<ActiveFault> {
    return this.send('POST', 'faults', { target: 'delivery', ...given });
  }

  /** Every method answers 503 until {@link clearFaults}. */
  slackDown(): Promise<ActiveFault> {
    return this.fault({ method: '*', effect: 'http_error', status: 503 });
  }

  /** Those that are switched on; one with `times` is gone when it was used up. */
  faults(): Promise<ActiveFault[]> {
    return this.get('faults');
  }

  async clearFaults(): Promise<void> {
    await this.send('DELETE', 'faults');
  }

  async removeFault(id: number): Promise<void> {
    await this.send('DELETE', `faults/${id}`);
  }

  // Limits, clock, options

  rateLimits(): Promise<{ enabled: boolean; counters: RateCounter[] }> {
    return this.get('rate-limits');
  }

  setRateLimits(given: {
    enabled?: boolean;
    rules?: Record<string, Partial<RateRule>>;
  }): Promise<{ enabled: boolean; counters: RateCounter[] }> {
    return this.send('PUT', 'rate-limits', given);
  }

  async resetRateLimits(): Promise<void> {
    await this.send('DELETE', 'rate-limits');
  }

  async freezeClock(): Promise<void> {
    await this.send('PUT', 'clock', { freeze: true });
  }

  async advanceClock(ms: number): Promise<void> {
    await this.send('PUT', 'clock', { advanceMs: ms });
  }

  async restartClock(): Promise<void> {
    await this.send('PUT', 'clock', { restart: true });
  }

  setOptions(
    given: Omit<SimulatorOptions, 'port' | 'eventsUrl' | 'interactionsUrl' | 'signingSecret' | 'rateLimits'>,
  ): Promise<SimulatorOptions> {
    return this.send('PUT', 'options', given);
  }

  /** Forgets messages, logs, faults, counters; `world: true` also what was created, and the app's URLs. */
  async reset(given: { world?: boolean } = {}): Promise<void> {
    await this.send('POST', `reset?world=${given.world ?? false}`);
  }

  // What exists

  createEnterprise(given: { id?: string; name: string; domain?: string }): Promise<Enterprise> {
    return this.send('POST', 'enterprises', given);
  }

  createWorkspace(given: {
    id?: string;
    name: string;
    domain?: string;
    enterpriseId?: string;
  }): Promise<Workspace> {
    return this.send('POST', 'workspaces', given);
  }

  createPerson(given: PersonSettings & { id?: string; teamId: string; name: string }): Promise<Person> {
    return this.send('POST', 'people', given);
  }

  changePerson(given: PersonSettings & { user: string; name?: string }): Promise<Person> {
    return this.send('PATCH', 'people', given);
  }

  /** A deactivated person is in no channel any more, and a token of theirs is `account_inactive`. */
  deactivate(user: string): Promise<Person> {
    return this.changePerson({ user, deleted: true });
  }

  createUserGroup(given: {
    id?: string;
    teamId: string;
    handle: string;
    name?: string;
    members?: string[];
    deleted?: boolean;
  }): Promise<UserGroup> {
    return this.send('POST', 'user-groups', given);
  }

  changeUserGroup(given: {
    group: string;
    handle?: string;
    name?: string;
    members?: string[];
    deleted?: boolean;
  }): Promise<UserGroup> {
    return this.send('PATCH', 'user-groups', given);
  }

  createChannel(
    given: ChannelSettings & {
      id?: string;
      teamId: string;
      name: string;
      kind?: ChannelKind;
      members: string[];
      creator?: string;
    },
  ): Promise<AdminChannel> {
    return this.send('POST', 'channels', given);
  }

  changeChannel(
    given: ChannelSettings & {
      channel: string;
      name?: string;
      archived?: boolean;
      join?: string[];
      leave?: string[];
    },
  ): Promise<AdminChannel> {
    return this.send('PATCH', 'channels', given);
  }

  // Apps, installs, tokens

  /** Settings of an app; `commandsUrl` is the URL of every slash command, `verify` asks the events URL first. */
  setApp(
    given: AppSettings & {
      app?: string;
      manifest?: JsonObject;
      commandsUrl?: string | null;
      verify?: boolean;
    },
  ): Promise<App> {
    return this.send('PUT', 'app', given);
  }

  /** An app by its settings. */
  createApp(given: AppSettings & { id?: string; name: string; signingSecret: string }): Promise<App> {
    return this.send('POST', 'apps', given);
  }

  /** An app by its manifest (§9); what is given beside it replaces what it says. */
  createAppFromManifest(given: AppSettings & { manifest: JsonObject; verify?: boolean }): Promise<App> {
    return this.send('POST', 'apps', given);
  }

  /** Installs without OAuth, into a workspace or for an organisation; a token that does not expire. */
  install(
    given: { app: string; botToken?: string; scopes?: string[] } & (
      | { teamId: string }
      | { enterpriseId: string }
    ),
  ): Promise<Installation> {
    return this.send('POST', 'installations', given);
  }

  /** `revoked`: as if by an admin, the token says `token_revoked`; of an org-wide install one workspace is taken away. */
  setInstallation(given: {
    app?: string;
    team?: string;
    scopes?: string[];
    revoked?: boolean;
  }): Promise<Installation> {
    return this.send('PUT', 'installation', given);
  }

  /** Uninstalls: both events go out, tokens are dead, the bot is gone from its channels. */
  async uninstall(given: { app?: string; team?: string } = {}): Promise<void> {
    await this.send('POST', 'uninstall', given);
  }

  /** A token for the manifest API, an app-level one, or a person's without OAuth. */
  createToken(given: {
    kind: 'config' | 'app' | 'user';
    app?: string;
    team?: string;
    user?: string;
    scopes?: string[];
  }): Promise<Token> {
    return this.send('POST', 'tokens', given);
  }

  /** From now on the token is `token_expired`. */
  expireToken(token: string): Promise<Token> {
    return this.send('PATCH', 'tokens', { token, expire: true });
  }

  revokeToken(token: string): Promise<Token> {
    return this.send('PATCH', 'tokens', { token, revoke: true });
  }

  /** What the authorize page would show for a query. */
  authorizeScreen(query: AuthorizeQuery): Promise<AuthorizeScreen | AuthorizeFault> {
    const given = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined);
    return this.get(`oauth/authorize?${new URLSearchParams(given)}`);
  }

  /** Answers the authorize page as a person; gives back where Slack sends the browser. A fault of the page throws. */
  async authorize(given: {
    user: string;
    query: AuthorizeQuery;
    team?: string;
    enterprise?: string;
    allow?: boolean;
  }): Promise<{ redirect: string; code: string | null; state: string | null; error: string | null }> {
    const body = { allow: true, ...given };
    const answer = await this.send<{ redirect: string } | AuthorizeFault>('POST', 'oauth/authorize', body);
    if ('error' in answer) throw new Error(`${answer.error}: ${answer.message}`);
    const { searchParams } = new URL(answer.redirect);
    return {
      redirect: answer.redirect,
      code: searchParams.get('code'),
      state: searchParams.get('state'),
      error: searchParams.get('error'),
    };
  }
}
