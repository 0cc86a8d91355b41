import { CallLog } from './api/call-log.ts';
import { Changes } from './changes.ts';
import { Clock } from './clock.ts';
import { Deliverer } from './events/deliverer.ts';
import { DeliveryLog } from './events/delivery-log.ts';
import { Faults } from './faults/faults.ts';
import { Files } from './files/files.ts';
import { MessageInputs } from './interactions/message-inputs.ts';
import { Offered } from './interactions/offered.ts';
import { ResponseUrls } from './interactions/response-urls.ts';
import { Triggers } from './interactions/triggers.ts';
import { unlistedRule } from './limits/unlisted.ts';
import { RateWindows } from './limits/windows.ts';
import type { ResolvedOptions } from './options.ts';
import type { Prompts } from './prompts.ts';
import { ScheduledMessages } from './scheduled.ts';
import { Sessions } from './sessions.ts';
import { Streams } from './streaming/streams.ts';
import { AppContexts } from './views/app-contexts.ts';
import { Views } from './views/store.ts';
import { seedWorld } from './world/seed.ts';
import { World } from './world/world.ts';

/** Everything one simulator holds. The rules live in the folders beside; this only joins them. */
export class Simulator {
  readonly options: ResolvedOptions;
  readonly clock = new Clock();
  readonly changes = new Changes();
  readonly world = new World();
  readonly calls = new CallLog();
  readonly deliveries = new DeliveryLog();
  readonly faults = new Faults();
  readonly limits: RateWindows;
  readonly sessions: Sessions;
  readonly scheduled: ScheduledMessages;
  readonly files: Files;
  readonly prompts: Prompts = new Map();
  readonly streams: Streams;
  readonly deliverer: Deliverer;
  readonly triggers: Triggers;
  readonly responseUrls: ResponseUrls;
  readonly messageInputs = new MessageInputs();
  readonly offered = new Offered();
  readonly views: Views;
  readonly appContexts = new AppContexts();
  /** The address it listens on; known once the server listens. */
  url = '';
  readonly #startedWith: ResolvedOptions;

  constructor(options: ResolvedOptions) {
    this.options = options;
    this.#startedWith = { ...options };
    this.limits = new RateWindows(options.rateLimits, (method, app) =>
      unlistedRule(this.world.apps.get(app), method),
    );
    this.sessions = new Sessions(this.clock, this.changes);
    this.streams = new Streams(this);
    this.scheduled = new ScheduledMessages(this.clock);
    this.files = new Files(this);
    this.deliverer = new Deliverer(this);
    this.triggers = new Triggers(this.clock);
    this.responseUrls = new ResponseUrls(this.clock);
    this.views = new Views(this);
    seedWorld(this.world, options);
  }

  /**
   * Forgets messages, logs, faults and counters; with `world` also what was created since the start, and options and
   * rate limits are again what it was started with.
   */
  reset(given: { world: boolean }): void {
    this.streams.clear();
    this.deliverer.clear();
    this.world.clearMessages();
    this.calls.clear();
    this.deliveries.clear();
    this.faults.clear();
    this.limits.reset();
    this.sessions.clear();
    this.prompts.clear();
    this.scheduled.clear();
    this.files.clear();
    this.triggers.clear();
    this.responseUrls.clear();
    this.messageInputs.clear();
    this.offered.clear();
    this.views.clear();
    this.appContexts.clear();
    this.clock.restart();
    if (given.world) {
      Object.assign(this.options, this.#startedWith);
      this.limits.restore(this.options.rateLimits);
      this.world.clearAll();
      seedWorld(this.world, this.options);
    }
    this.changes.emit({ type: 'world' });
  }
}
