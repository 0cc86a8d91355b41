import type { AttachmentRecord } from '../../core/attachments/attachment.ts';
import { keys } from '../../core/store/keys.ts';
import { SEED } from '../../local/slack/server.ts';
import { type Happened, isLie, misbehave } from './relay-mishaps.ts';
import type { Deed, RelayScene, TurnScene } from './relay-scene.ts';
import { createRelayWorld, type RelayWorld } from './relay-world.ts';
import type { AdminMessage, CallRecord } from './slack-client.ts';
import { type PlayedTurn, TurnScript } from './turn-script.ts';

export interface Outcome {
  turns: PlayedTurn[];
  /** All of Slack's messages, oldest first. */
  messages: AdminMessage[];
  sessions: { threadTs: string; status: string }[];
  calls: CallRecord[];
  happened: Happened;
  crashes: number;
  /** What people did, of what the scene has; a stop button is there only while something works. */
  deeds: Deed['deed'][];
  /** What was wrong on the way. */
  wrong: string[];
}

/** Plays a scene to its end, in virtual time against the simulator. */
export async function playRelayScene(scene: RelayScene): Promise<Outcome> {
  const { tiers, rollBytes, lifetime } = scene;
  const world = await createRelayWorld({
    limits: { rollBytes },
    tiers,
    // What Slack allows is what the relay takes it for.
    simulator: {
      streamLifetimeMs: lifetime,
      rateLimits: Object.fromEntries(
        Object.entries(slackTiers(tiers)).map(([method, perMinute]) => [method, { perMinute }]),
      ),
    },
  });
  try {
    return await new Play(world, scene).run();
  } finally {
    await world.close();
  }
}

/** The relay's appends are counted as it counts them; the other tiers are Slack's own where the scene has none. */
const slackTiers = (tiers: RelayScene['tiers']) => ({ 'chat.appendStream': 50, ...tiers });

class Play {
  readonly #world: RelayWorld;
  readonly #scene: RelayScene;
  readonly #turns: PlayedTurn[] = [];
  readonly #deeds: Deed['deed'][] = [];
  readonly #wrong: string[] = [];

  constructor(world: RelayWorld, scene: RelayScene) {
    this.#world = world;
    this.#scene = scene;
  }

  async run(): Promise<Outcome> {
    const world = this.#world;
    const { turns, mishaps, dies, readable } = this.#scene;
    if (!readable)
      await world.slack.fault({ method: 'conversations.replies', effect: 'error', error: 'missing_scope' });
    const [first, ...others] = dies;
    if (first !== undefined) world.dieBeforeWrite(first, ...others);
    const happened = misbehave(world, mishaps, (method) => this.#look(method));
    const chains: TurnScene[][] = [];
    for (const turn of turns)
      if (turn.follows && chains.length > 0) chains.at(-1)?.push(turn);
      else chains.push([turn]);
    for (const chain of chains) await this.#begin(chain);
    await world.run(Number.POSITIVE_INFINITY, 6_000);
    const { messages, sessions } = await world.slack.state();
    for (const one of this.#turns) {
      one.record = await one.turn.record();
      const { pk } = keys.turn(one.turn.turnId);
      const streams = await world.store.query<{ ts: string }>({ pk, prefix: 'SLACKMSG#' });
      one.streams = streams.map(({ ts }) => ts);
    }
    const calls = await world.slack.calls();
    const [turnsNow, deeds, wrong] = [this.#turns, this.#deeds, this.#wrong];
    return { turns: turnsNow, messages, sessions, calls, happened, crashes: world.crashes(), deeds, wrong };
  }

  /** What must hold at any time. */
  async #look(method: string): Promise<void> {
    // A stream that Slack is made to say it has ended goes on in the simulator.
    if (method === 'chat.startStream' && !this.#scene.mishaps.some(isLie)) await this.#lookAtFormer();
    // One whose guard is not in the record yet may have died: another one queues its own.
    const rivals = this.#scene.mishaps.some((mishap) => mishap === 'hangs' || mishap === 'doubled');
    if (this.#world.crashes() > 0 || rivals) return;
    for (const { turn } of this.#turns) {
      const guards = this.#world.queue.filter(
        ({ message }) =>
          // The queue counts whole seconds: one may come a little later than it is due.
          message.kind === 'guard' && message.turnId === turn.turnId && message.at > this.#world.now(),
      ).length;
      if (guards > 1) this.#wrong.push(`${guards} guards are queued`);
    }
  }

  /** The stream of a turn opens when the former's is closed, or after a while. */
  async #lookAtFormer(): Promise<void> {
    const message = this.#world.handled();
    const of = this.#turns.find(
      ({ turn }) => message && 'turnId' in message && turn.turnId === message.turnId,
    );
    const former = this.#turns.find(({ successor }) => successor === of);
    if (!of || former?.endedAt === undefined) return;
    // It waits for the one before alone, which may have waited long enough for another.
    if (this.#turns.some(({ successor }) => successor === former)) return;
    if (this.#world.now() >= former.endedAt + this.#world.deps.limits.streamHandoverMs) return;
    const asked = of.messageTs ?? '';
    const open = (await of.turn.messages()).filter(
      ({ ts, streamingState }) => ts < asked && streamingState === 'in_progress',
    );
    if (open.length > 0) this.#wrong.push('a stream opens beside the former turn’s');
  }

  /** @param former the turn whose end begins this one */
  async #begin(chain: readonly TurnScene[], former?: PlayedTurn): Promise<void> {
    const [scene, ...next] = chain;
    if (!scene) return;
    const world = this.#world;
    const n = this.#turns.length;
    const attachments = await this.#store(scene.attachments, n);
    const behind = former && (await this.#ask(former));
    const turn = await world.newTurn({ attachments, ...behind }, scene.display);
    const played: PlayedTurn = {
      scene,
      n,
      turn,
      log: [],
      end: scene.end,
      pauseIds: [],
      streams: [],
      ...behind,
    };
    if (former) former.successor = played;
    this.#turns.push(played);
    const script = new TurnScript(world, played, 300 + n * 130);
    for (const event of scene.events) script.play(event);
    script.end(() => this.#begin(next, played));
    if (n > 0) return;
    for (const deed of this.#scene.deeds)
      world.after(deed.at, async () => {
        if (await this.#does(deed.deed, played, script)) this.#deeds.push(deed.deed);
      });
  }

  async #ask({ turn }: PlayedTurn) {
    const { ts } = await this.#world.slack.post({
      user: SEED.people.requester,
      channel: turn.channel,
      thread_ts: turn.threadTs,
      text: 'And this',
    });
    return { threadTs: turn.threadTs, messageTs: ts, previousTurnId: turn.turnId };
  }

  async #store(kinds: TurnScene['attachments'], turn: number): Promise<AttachmentRecord[]> {
    const { bodies } = this.#world;
    const records: AttachmentRecord[] = [];
    for (const [n, kind] of kinds.entries()) {
      const [id, key, name] = [`a${turn}-${n}`, `attachments/${turn}/${n}`, nameOf(kind, turn, n)];
      if (kind === 'file') await bodies.putBytes(key, Buffer.from(name));
      else
        await bodies.put(key, { title: name, chart: { type: 'pie', segments: [{ label: 'a', value: 1 }] } });
      records.push({ id, key, kind, name, bytes: name.length });
    }
    return records;
  }

  /** @returns whether it was possible */
  async #does(deed: Deed['deed'], { turn }: PlayedTurn, script: TurnScript): Promise<boolean> {
    const { slack } = this.#world;
    const { channel, threadTs } = turn;
    switch (deed) {
      case 'stops': {
        if (script.isOver) return false;
        try {
          await slack.stop({ user: SEED.people.requester, channel, thread_ts: threadTs });
        } catch {
          // There is no button: nothing works there, or the app is gone.
          return false;
        }
        await script.stop();
        return true;
      }
      case 'deletes': {
        // One that the relay has left, because Slack was made to say so, stays in progress: it is nobody's then.
        const { message } = (await turn.record()).view;
        const open = (await turn.messages()).find(
          ({ ts, streamingState }) => ts === message?.ts && streamingState === 'in_progress',
        );
        if (open) await slack.api('chat.delete', SEED.botToken, { channel, ts: open.ts });
        return open !== undefined;
      }
      case 'archives':
        await slack.changeChannel({ channel, archived: true });
        return true;
      case 'removes the app':
        await slack.changeChannel({ channel, leave: [SEED.botUser] });
        return true;
    }
  }
}

export const nameOf = (kind: 'file' | 'chart', turn: number, n: number): string =>
  kind === 'file' ? `file-${turn}-${n}.csv` : `Chart ${turn} ${n}`;
