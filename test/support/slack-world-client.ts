import type { AdminChannel } from '../../local/slack/admin/types.ts';
import type { ActiveFault, ApiFault, DeliveryFault } from '../../local/slack/faults/faults.ts';
import type { RateRule } from '../../local/slack/limits/tiers.ts';
import type { RateCounter } from '../../local/slack/limits/windows.ts';
import type { SimulatorOptions } from '../../local/slack/options.ts';
import type { App, Installation, Person, Workspace } from '../../local/slack/world/types.ts';
import { SlackAdminHttp } from './slack-admin-http.ts';

type ApiFaultInput = Omit<ApiFault, 'target' | 'method'> & { method?: string };
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

  setApp(given: {
    app?: string;
    eventsUrl?: string | null;
    interactionsUrl?: string | null;
    signingSecret?: string;
    subscriptions?: string[];
    isAgent?: boolean;
  }): Promise<App> {
    return this.send('PUT', 'app', given);
  }

  setInstallation(given: {
    app?: string;
    team?: string;
    scopes?: string[];
    revoked?: boolean;
  }): Promise<Installation> {
    return this.send('PUT', 'installation', given);
  }

  createWorkspace(given: { id?: string; name: string; domain?: string }): Promise<Workspace> {
    return this.send('POST', 'workspaces', given);
  }

  createPerson(given: {
    id?: string;
    teamId: string;
    name: string;
    displayName?: string;
    timeZone?: string;
    isGuest?: boolean;
    deleted?: boolean;
  }): Promise<Person> {
    return this.send('POST', 'people', given);
  }

  createApp(given: {
    id?: string;
    name: string;
    signingSecret: string;
    isAgent?: boolean;
    eventsUrl?: string | null;
    interactionsUrl?: string | null;
    subscriptions?: string[];
  }): Promise<App> {
    return this.send('POST', 'apps', given);
  }

  install(given: {
    app: string;
    teamId: string;
    botToken?: string;
    scopes?: string[];
  }): Promise<Installation> {
    return this.send('POST', 'installations', given);
  }

  createChannel(given: {
    id?: string;
    teamId: string;
    name: string;
    kind?: 'channel' | 'group' | 'im';
    members: string[];
    extShared?: boolean;
  }): Promise<AdminChannel> {
    return this.send('POST', 'channels', given);
  }

  changeChannel(given: {
    channel: string;
    archived?: boolean;
    extShared?: boolean;
    join?: string[];
    leave?: string[];
  }): Promise<AdminChannel> {
    return this.send('PATCH', 'channels', given);
  }
}
