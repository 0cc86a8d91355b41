import { describe, expect, it } from 'vitest';
import { SEED } from '../../local/slack/server.ts';
import { asks, beginsText, endsText, gets, says } from '../../test/support/relay-log.ts';
import { Crash, createRelayWorld, type RelayWorld } from '../../test/support/relay-world.ts';
import type { DisplayChoice } from '../display/display.ts';
import { lettersOf } from '../slack/visible-text.ts';
import type { Action } from '../store/store.ts';

/** The figure: so long after a relay died another one has the turn. */
const FOLLOWED_MS = 20_000;
const TEXT = ['First words. ', 'Then some more. ', 'And the end.'];

interface Death {
  /** Dies at this operation of the relay (a write, a Slack call), counted from 1. */
  at: number;
  when: 'before' | 'after';
}

interface Outcome {
  /** Writes and Slack calls of all visits, and the one that closed the record: nobody has to come after it. */
  operations: number;
  closing?: number;
  died?: { at: number; by: string };
  /** When a relay took the turn after that. */
  followedAt?: number;
  letters: string;
  statuses: string[];
  mentions: number;
  /** The line that everyone sees, and reactions. */
  beside: string[];
  /** Messages that were edited, and those of them that were streamed. */
  edited: { all: number; streamed: number };
  closed: boolean;
}

type Watched = Pick<Outcome, 'operations' | 'closing' | 'died' | 'followedAt'>;

/** Plays a turn of text, a tool, silence and an end, with a relay that dies once. */
async function play(death?: Death, display: DisplayChoice = {}): Promise<Outcome> {
  const world = await createRelayWorld();
  try {
    const turn = await world.newTurn({}, display);
    const outcome: Watched = { operations: 0 };
    const dies = watchDeath(world, outcome, death);
    world.onCall((method, send) => dies(method, send));
    world.after(1_200, () => turn.write(beginsText(), says(TEXT[0] ?? '')));
    world.after(4_000, () => turn.write(says(TEXT[1] ?? ''), endsText(), asks('slow')));
    world.after(40_000, () => turn.write(gets('slow'), beginsText('1'), says(TEXT[2] ?? '', '1')));
    world.after(41_000, () => turn.end());
    await world.run();
    const messages = await turn.messages();
    const updates = (await world.slack.calls({ method: 'chat.update' })).map(({ args }) => args.ts);
    const streamed = messages.flatMap(({ stream, ts }) => (stream ? [ts] : []));
    return {
      ...outcome,
      letters: await turn.letters(),
      statuses: messages.flatMap(({ stream }) =>
        Object.values(stream?.cards ?? {}).map(({ status }) => status),
      ),
      mentions: (await turn.text()).split(`<@${SEED.people.requester}>`).length - 1,
      beside: [
        ...messages.flatMap(({ text }) => (text.startsWith('Done in') ? [text] : [])),
        ...((await world.slack.message(turn.channel, turn.threadTs))?.reactions ?? []).map(
          ({ name }) => name,
        ),
      ],
      edited: {
        all: new Set(updates).size,
        streamed: streamed.filter((ts) => updates.includes(ts)).length,
      },
      closed: (await turn.record()).closedAt !== undefined,
    };
  } finally {
    await world.close();
  }
}

/** Counts the relay's operations, kills it at the one that was asked for, and notes who takes the turn next. */
function watchDeath(world: RelayWorld, outcome: Watched, death: Death | undefined) {
  const operation = async <T>(by: string, act: () => T | Promise<T>): Promise<T> => {
    const mine = ++outcome.operations === death?.at;
    if (!mine) return act();
    const die = (): never => {
      outcome.died = { at: world.now(), by };
      throw new Crash();
    };
    if (death.when === 'before') die();
    await act();
    return die();
  };
  const { update, put } = world.store;
  const leases = (action: Action): boolean => 'update' in action && 'leaseOwner' in (action.update.set ?? {});
  world.store.update = async <T>(given: Parameters<typeof update>[0]): Promise<T> => {
    const isLease = leases({ update: given });
    const write = async (): Promise<T> => {
      const after = await update<T>(given);
      if (given.set && 'closedAt' in given.set) outcome.closing ??= outcome.operations;
      if (isLease && outcome.died && outcome.followedAt === undefined) outcome.followedAt = world.now();
      return after;
    };
    // Whoever writes the log asks for a wake by an update of its own.
    if (!world.inRelay()) return write();
    return operation(isLease ? 'lease' : given.key.sk, write);
  };
  world.store.put = (item, condition) =>
    world.inRelay() ? operation(String(item.sk), () => put(item, condition)) : put(item, condition);
  return <T>(method: string, send: () => Promise<T>): Promise<T> => operation(method, send);
}

describe('a relay that dies is followed within 20 s, and nothing is lost or doubled', async () => {
  const whole = await play();
  const deaths = Array.from({ length: whole.closing ?? 0 }, (_, n) => n + 1).flatMap((at) =>
    (['before', 'after'] as const).map((when) => ({ at, when })),
  );

  it('the turn without any death', () => {
    expect(whole.closing).toBeGreaterThan(15);
    expect(whole).toMatchObject({
      mentions: 1,
      closed: true,
      letters: `${lettersOf(TEXT.join(''))}U0REQUESTER`,
    });
  });

  it.each(deaths)('$when operation $at', async (death) => {
    const outcome = await play(death);
    expect(outcome.died).toBeDefined();
    expect(outcome).toMatchObject({ letters: whole.letters, mentions: 1, closed: true });
    expect(outcome.statuses.filter((status) => status !== 'complete')).toEqual([]);
    const { died, followedAt } = outcome;
    if (death.at === whole.closing && death.when === 'after') return;
    expect((followedAt ?? Number.POSITIVE_INFINITY) - (died?.at ?? 0)).toBeLessThanOrEqual(FOLLOWED_MS);
  });
});

describe('a relay that dies with a line and reactions in hands', async () => {
  const display = { progressLine: true, reactions: true };
  const whole = await play(undefined, display);
  const deaths = Array.from({ length: whole.closing ?? 0 }, (_, n) => n + 1);

  it.each(deaths)(
    'S-17 leaves one of each, and edits no message that streams (after operation %i)',
    async (at) => {
      const outcome = await play({ at, when: 'after' }, display);
      expect(outcome.edited).toEqual({ all: 1, streamed: 0 });
      expect(outcome.beside).toEqual([expect.stringMatching(/^Done in \d+ s, 1 step$/), 'white_check_mark']);
      expect(outcome).toMatchObject({ mentions: 1, closed: true });
    },
  );
});
