import { setTimeout as sleep } from 'node:timers/promises';
import { turnIdOf } from '../../core/ids.ts';
import type { RelayRecord } from '../../core/relay/record.ts';
import { keys } from '../../core/store/keys.ts';
import { SEED } from '../../local/slack/server.ts';
import type { Random } from '../../test/soak/random.ts';
import { killFunction } from '../../test/support/kill-function.ts';
import type { AdminMessage } from '../../test/support/slack-client.ts';
import { markedCallOf } from './aws-usage.ts';
import type { BenchWorld } from './bench-world.ts';

/**
 * Where the relay dies: when it has marked a call that it will never send; while it waits for the answer of one that
 * Slack has applied; while it waits for one that Slack applies afterwards; at any moment behind a call's mark.
 */
const moments = ['marked', 'applied', 'applied later', 'any'] as const;
type Moment = (typeof moments)[number];

interface Planned {
  moment: Moment;
  /** Calls that it still makes before. */
  calls: number;
  /** The fault that holds its calls up, where it must be caught in one. */
  fault?: number;
  /** Its death is under way. */
  dying?: true;
}

const HOLD_UP_MS = 300;
const INTO_CALL_MS = 100;
const MOST_CALLS = 2;
const ANY_MS = 800;

/** Ends the relay's processes, for each turn once at a moment of its own. */
export class Crashes {
  /** When each turn's relay was killed at work, epoch milliseconds. */
  readonly hits: { turnId: string; at: number }[] = [];
  /** From such a crash until the next call to Slack was marked, milliseconds. */
  readonly recoveries: number[] = [];
  readonly #world: BenchWorld;
  readonly #random: Random;
  readonly #planned = new Map<string, Planned>();
  readonly #live = new Set<string>();
  readonly #away = new Map<string, number>();
  #killing = Promise.resolve();

  constructor(world: BenchWorld, random: Random) {
    this.#world = world;
    this.#random = random;
    world.stand.meter.onRequest((request) => {
      const turnId = markedCallOf(request);
      return turnId === undefined ? undefined : this.#onMark(turnId);
    });
  }

  /** Plans the crash of a turn that was just asked for. */
  async plan(turn: number, { channel, ts }: AdminMessage): Promise<string> {
    const turnId = turnIdOf({ appId: SEED.app, installationId: SEED.team, channel, messageTs: ts });
    const moment = moments[turn % moments.length] ?? 'any';
    this.#live.add(turnId);
    const planned: Planned = { moment, calls: this.#random.between(1, MOST_CALLS) };
    this.#planned.set(turnId, planned);
    if (moment === 'applied' || moment === 'applied later') {
      const applied = moment === 'applied';
      const hold = { method: 'chat.*', channel, effect: 'delay', delayMs: HOLD_UP_MS, applied } as const;
      planned.fault = (await this.#world.stand.slack.fault(hold)).id;
    }
    return turnId;
  }

  /** The turn is over. */
  async forget(turnId: string): Promise<void> {
    this.#live.delete(turnId);
    await this.#unplan(turnId);
  }

  /** @returns what the mark has to wait for */
  #onMark(turnId: string): Promise<void> | undefined {
    const crashedAt = this.#away.get(turnId);
    if (crashedAt !== undefined) this.recoveries.push(Date.now() - crashedAt);
    this.#away.delete(turnId);
    const planned = this.#planned.get(turnId);
    if (!planned || planned.dying || planned.calls-- > 0) return undefined;
    planned.dying = true;
    const { moment } = planned;
    const afterMs =
      moment === 'marked' ? 0 : moment === 'any' ? this.#random.between(0, ANY_MS) : INTO_CALL_MS;
    const killed = this.#kill(turnId, planned, afterMs);
    return moment === 'marked' ? killed : undefined;
  }

  /** One death after the other: all relays of the stack die together, whatever turn they are at. */
  #kill(turnId: string, planned: Planned, afterMs: number): Promise<void> {
    this.#killing = this.#killing.then(async () => {
      await sleep(afterMs);
      const { stack, meter } = this.#world.stand;
      const at = Date.now();
      await killFunction({ ...stack, awsEndpoint: meter.url }, 'status-relay');
      const caught = await this.#caught();
      for (const other of caught) {
        this.hits.push({ turnId: other, at });
        if (!this.#away.has(other)) this.#away.set(other, at);
      }
      // One that was not at work is tried again with its next call.
      if (caught.includes(turnId)) await this.#unplan(turnId);
      else delete planned.dying;
    });
    return this.#killing;
  }

  async #unplan(turnId: string): Promise<void> {
    const fault = this.#planned.get(turnId)?.fault;
    this.#planned.delete(turnId);
    // It may have gone with all others.
    if (fault !== undefined) await this.#world.stand.slack.removeFault(fault).catch(() => {});
  }

  /** Turns whose lease is held, by a process that is gone. */
  async #caught(): Promise<string[]> {
    const { store } = this.#world.stand;
    const caught: string[] = [];
    for (const turnId of this.#live) {
      const record = await store.get<RelayRecord>(keys.relay(turnId));
      if (record?.leaseOwner !== undefined && (record.leaseUntil ?? 0) > Date.now()) caught.push(turnId);
    }
    return caught;
  }
}
