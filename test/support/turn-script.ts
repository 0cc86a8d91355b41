import { decideRequirement } from '../../core/pauses/decide-requirement.ts';
import type { RelayRecord } from '../../core/relay/record.ts';
import { keys } from '../../core/store/keys.ts';
import type { ChunkBatch, StreamChunk } from '../../core/stream/chunks.ts';
import { SEED } from '../../local/slack/server.ts';
import { asks, beginsText, endsText, failsWith, gets, says } from './relay-log.ts';
import { type SceneEvent, styles, type TurnScene } from './relay-scene.ts';
import type { RelayWorld, WorldTurn } from './relay-world.ts';

/** A turn of a scene when all is over. */
export interface PlayedTurn {
  scene: TurnScene;
  n: number;
  turn: WorldTurn;
  log: ChunkBatch[];
  end: TurnScene['end'];
  reason?: string;
  endedAt?: number;
  /** Which turn of the scene comes behind it in its thread. */
  successor?: PlayedTurn;
  pauseIds: string[];
  /** Timestamps of its streams, as its records have them. */
  streams: string[];
  /** The post that asked for it, where it stands behind another turn. */
  messageTs?: string;
  record?: RelayRecord;
}

const REASONS = { completed: undefined, failed: 'The model gave up.', stopped: 'Stopped.' } as const;

/** Writes a turn's log as its run would, at its times. */
export class TurnScript {
  readonly #world: RelayWorld;
  readonly #played: PlayedTurn;
  #at: number;
  #word = 0;
  #calls = 0;
  #over = false;
  /** A part of text was begun and is not at its end. */
  #inText = false;
  #then = async (): Promise<void> => {};
  /** Something stands open for people: nothing is written until it goes on. */
  #state: 'running' | 'paused' = 'running';

  constructor(world: RelayWorld, played: PlayedTurn, at: number) {
    this.#world = world;
    this.#played = played;
    this.#at = at;
  }

  get isOver(): boolean {
    return this.#over;
  }

  play(event: SceneEvent): void {
    this.#at += event.wait;
    switch (event.what) {
      case 'text':
        this.#text(event);
        return;
      case 'tool': {
        const id = this.#call();
        this.#later(0, asks(id, { n: id }));
        this.#later(event.lasts, event.fails ? failsWith(id, `no ${id}`) : gets(id, `result of ${id}`));
        this.#at += event.lasts;
        return;
      }
      case 'retry':
        this.#later(0, {
          type: 'data-retry',
          data: { attempt: 1, error: 'Busy.', delayMs: 1_000, retryingAt: 0 },
        });
        return;
      case 'pause':
        this.#pause(event);
        return;
    }
  }

  #text({ words, style, deltas }: SceneEvent & { what: 'text' }): void {
    const share = Math.ceil(words / deltas);
    for (let n = 0; n < deltas; n++) {
      const text = Array.from({ length: share }, () => styles[style]?.(this.#word++, this.#played.n)).join(
        '',
      );
      const chunks = [
        ...(n === 0 ? [beginsText()] : []),
        says(text),
        ...(n === deltas - 1 ? [endsText()] : []),
      ];
      this.#later(n * 900, ...chunks);
      this.#do(n * 900, async () => {
        this.#inText = n < deltas - 1;
      });
    }
    this.#at += (deltas - 1) * 900;
  }

  #pause({ token, decision, answer }: SceneEvent & { what: 'pause' }): void {
    const world = this.#world;
    const { turn, pauseIds } = this.#played;
    const id = this.#call();
    const step = pauseIds.length;
    pauseIds.push('');
    this.#later(0, asks(id, { n: id }));
    let pauseId = '';
    this.#do(0, async () => {
      pauseId = await turn.pause(step);
      pauseIds[step] = pauseId;
      this.#played.log.push(this.#batch([{ type: 'data-pause', data: { pauseId } }]));
      this.#state = 'paused';
      await world.deps.sendWake(
        { v: 1, kind: 'pause', turnId: turn.turnId, pauseId, token: `token-${pauseId}` },
        token,
      );
    });
    this.#do(decision, async () => {
      await decideRequirement(world.deps, {
        pauseId,
        row: 0,
        answer,
        by: SEED.people.requester,
        appId: SEED.app,
        installationId: SEED.team,
        at: world.now(),
        door: 'slack',
      });
    });
    const resumed = Math.max(token, decision) + 700;
    this.#do(resumed, async () => {
      await turn.setState('running');
      this.#state = 'running';
    });
    this.#later(resumed, { type: 'data-resume', data: { pauseId: turn.turnId } });
    this.#later(resumed + 500, gets(id, `result of ${id}`));
    this.#at += resumed + 500;
  }

  /** @param then what comes with its end, whenever that is */
  end(then: () => Promise<void>): void {
    const { end } = this.#played.scene;
    this.#then = then;
    this.#do(900, () => this.#ends(end));
  }

  /** A person's stop: the run learns of it a moment later, and writes until then; while people are asked none runs. */
  async stop(): Promise<void> {
    const world = this.#world;
    const { turn } = this.#played;
    await world.store.update({
      key: keys.turn(turn.turnId),
      set: { stopRequest: { by: SEED.people.requester, at: world.now() } },
    });
    if (this.#state === 'paused') await this.#ends('stopped');
    else world.after(1_500, () => this.#ends('stopped'));
  }

  async #ends(end: TurnScene['end']): Promise<void> {
    if (this.#over) return;
    this.#over = true;
    if (this.#inText) {
      this.#played.log.push(this.#batch([endsText()]));
      await this.#played.turn.write(endsText());
    }
    const reason = REASONS[end];
    Object.assign(this.#played, { end, endedAt: this.#world.now(), ...(reason ? { reason } : {}) });
    this.#played.log.push(
      this.#batch([{ type: 'finish', messageMetadata: { end, ...(reason ? { reason } : {}) } }]),
    );
    await this.#played.turn.end(end, reason, { model: 'anthropic/claude-x' });
    await this.#then();
  }

  #call(): string {
    return `call-${this.#played.n}-${this.#calls++}`;
  }

  #batch(chunks: StreamChunk[]): ChunkBatch {
    return { fence: 1, seq: this.#played.log.length + 1, chunks, at: this.#world.now() };
  }

  #later(ms: number, ...chunks: StreamChunk[]): void {
    this.#do(ms, async () => {
      this.#played.log.push(this.#batch(chunks));
      await this.#played.turn.write(...chunks);
    });
  }

  /** Nothing comes behind a turn's end. */
  #do(ms: number, act: () => Promise<void>): void {
    this.#world.after(this.#at + ms, async () => {
      if (!this.#over) await act();
    });
  }
}
