import { describe, expect, it } from 'vitest';
import type { PauseAuditRecord } from '../../core/pauses/record.ts';
import { keys } from '../../core/store/keys.ts';
import type { StreamChunk } from '../../core/stream/chunks.ts';
import { readTurnStream } from '../../core/stream/read-log.ts';
import type { JsonObject } from '../../local/slack/json.ts';
import type { DeliveryRecord } from '../support/slack-client.ts';
import { deployed, occurrences, shownBy } from './support/deployed.ts';

const { stack, slack, store, SEED, ask, turnWhen, turnOf, ended, statesOf, makeCold } = deployed();
const { requester, reviewer } = SEED.people;
const { general, team, announcements } = SEED.channels;
const mention = `<@${requester}>`;

/** Waits for the answer's message to be closed, and gives all that the agent wrote for this request. */
async function answerTo(asked: Awaited<ReturnType<typeof ask>>, textIncludes: string) {
  const closed = await slack.waitForMessage({
    channel: asked.channel,
    thread_ts: asked.threadTs ?? asked.ts,
    after: asked.ts,
    textIncludes,
    streaming_state: 'completed',
    fromBot: true,
  });
  return { closed, shown: await shownBy(slack, asked) };
}

describe('a plain answer', () => {
  it('streams into the thread and ends: one mention, session active, at most four transitions', async () => {
    const asked = await ask('say The quick answer is forty-two.');
    const { closed, shown } = await answerTo(asked, 'The quick answer is forty-two.');
    expect(shown).toHaveLength(1);
    expect(closed.threadTs).toBe(asked.ts);
    // G-1, P-6: the stream is for the person who asked, who is notified once, at the end.
    expect(closed.stream?.recipientUser).toBe(requester);
    expect(occurrences(closed.stream?.markdown ?? '', mention)).toBe(1);
    expect(closed.stream?.markdown.trimEnd().endsWith(mention)).toBe(true);
    expect(Object.values(closed.stream?.cards ?? {}).every((card) => card.status === 'complete')).toBe(true);
    await slack.waitForSession({ channel: general, thread_ts: asked.ts, status: 'active' });
    const turn = await turnWhen(asked, ended);
    expect(turn).toMatchObject({ state: 'completed', epoch: 1, fence: 1 });
    expect((await statesOf(turn)).length).toBeLessThanOrEqual(4);
  });

  it('shows a first sign of life within 1.5 s, and text while the model still speaks', async () => {
    await turnWhen(await ask('say warm'), ended);
    const mark = await slack.mark();
    const asked = await ask('slow answer 6');
    const start = await slack.waitForCall({ method: 'chat.startStream', after: mark.call, ok: true });
    const delivered = (await slack.deliveries({ type: 'app_mention', after: mark.delivery }))[0];
    expect(start.at - (delivered?.attempts[0]?.at ?? 0)).toBeLessThan(1_500);
    await slack.waitForMessage({
      channel: general,
      thread_ts: asked.ts,
      textIncludes: 'I take my time',
      streaming_state: 'in_progress',
    });
    expect((await turnOf(asked))?.state).toBe('running');
    await answerTo(asked, 'This was the last sentence.');
  });

  it('in a direct message needs no mention', async () => {
    const channel = 'D0REQUESTER';
    const asked = await slack.post({ user: requester, channel, text: 'say direct words' });
    await answerTo(asked, 'direct words');
  });

  it('long: is streamed whole, rolled over where one message cannot hold it', async () => {
    const asked = await ask('long answer 12000');
    const turn = await turnWhen(asked, ended);
    await slack.waitForMessage({
      channel: general,
      thread_ts: asked.ts,
      textIncludes: requester,
      streaming_state: 'completed',
    });
    const shown = await shownBy(slack, asked);
    expect(shown.length).toBeGreaterThan(1);
    const { batches } = await readTurnStream(store, turn.turnId, { fence: 0, seq: 0 }, 1_000);
    const said = batches
      .flatMap(({ chunks }): StreamChunk[] => chunks)
      .map((chunk) => (chunk.type === 'text-delta' ? chunk.delta : ''))
      .join('');
    const words = (text: string): string[] => text.replace(/```\w*/g, '').match(/[A-Za-z]{4,}/g) ?? [];
    const streamed = shown.map((message) => message.stream?.markdown ?? '').join('\n');
    // Every word of the log, in order; reopened fences and table heads are the only additions.
    const seen = words(streamed);
    let at = 0;
    for (const word of words(said)) {
      at = seen.indexOf(word, at);
      expect(at, `“${word}” is missing`).toBeGreaterThanOrEqual(0);
      at++;
    }
    expect(occurrences(streamed, mention)).toBe(1);
  });
});

describe('tools', () => {
  it('P-9: five tools in a burst are one appendStream with six transitions', async () => {
    const mark = await slack.mark();
    const asked = await ask('use 5 tools');
    const { closed } = await answerTo(asked, 'I used 5 tools');
    const cards = Object.values(closed.stream?.cards ?? {});
    expect(cards.length).toBeGreaterThanOrEqual(5);
    expect(cards.every((card) => card.status === 'complete')).toBe(true);
    const calls = (await slack.calls({ after: mark.call })).filter(({ method }) =>
      method.startsWith('chat.'),
    );
    const burst = calls.filter(({ args }) => JSON.stringify(args).includes('task_update'));
    // The first opens the stream with its sign of life, the second carries the burst; nothing is sent per tool.
    const transitions = burst.map(({ args }) => occurrences(JSON.stringify(args), 'task_update'));
    expect(Math.max(...transitions)).toBe(6);
    expect(calls.length).toBeLessThanOrEqual(5);
    await turnWhen(asked, ended);
  });

  it('a failed model call is waited out by the state machine and shown', async () => {
    const asked = await ask('fail once');
    await answerTo(asked, 'That worked, after 1 failed attempt');
    const turn = await turnWhen(asked, ended);
    const states = await statesOf(turn);
    expect(states.filter((state) => state === 'Backoff')).toHaveLength(1);
    expect(states.length).toBeLessThanOrEqual(4 + 3);
  });

  it('an error that no attempt can mend ends the turn with a sentence', async () => {
    const asked = await ask('fail hard');
    const turn = await turnWhen(asked, ended);
    expect(turn.state).toBe('failed');
    const closed = await slack.waitForMessage({
      channel: general,
      thread_ts: asked.ts,
      streaming_state: 'completed',
      fromBot: true,
      textIncludes: turn.end?.reason?.slice(0, 30) ?? '?',
    });
    expect(occurrences(closed.stream?.markdown ?? '', mention)).toBe(1);
  });
});

describe('an approval', () => {
  const cardOf = (asked: { ts: string; channel: string }) =>
    slack.waitForMessage({ channel: asked.channel, thread_ts: asked.ts, hasActionId: 'sluice_approve' });

  it('given: the effect happens once, the card shows who approved, the turn goes on', async () => {
    const asked = await ask('announce lunch is at noon in #announcements', { channel: team });
    const card = await cardOf(asked);
    const paused = await turnWhen(asked, (turn) => turn.state === 'paused');
    // Nothing is shown of the effect, and no credential leaves the table.
    expect(JSON.stringify(card.blocks)).not.toContain('token');
    await slack.waitForSession({ channel: team, thread_ts: asked.ts, status: 'suspended' });
    const clicked = await slack.click({
      user: requester,
      channel: team,
      ts: card.ts,
      action_id: 'sluice_approve',
    });
    expect(clicked.attempts[0]?.status).toBe(200);
    await slack.waitForMessage({ channel: announcements, textIncludes: 'lunch is at noon', fromBot: true });
    const outcome = await slack.waitForMessage({ channel: team, ts: card.ts, noActions: true });
    expect(outcome.visibleText).toMatch(/approved/i);
    const { shown } = await answerTo(asked, 'Posted in');
    const turn = await turnWhen(asked, ended);
    expect(turn.state).toBe('completed');
    const texts = shown.map((message) => message.stream?.markdown ?? '').join('\n');
    expect(occurrences(texts, mention)).toBe(1);
    const { messages } = await slack.state();
    expect(
      messages.filter((m) => m.channel === announcements && m.visibleText.includes('lunch is at noon')),
    ).toHaveLength(1);
    const audits = await store.query<PauseAuditRecord>({
      pk: keys.pause(paused.pauseId ?? '').pk,
      prefix: 'AUDIT#',
    });
    expect(audits.map(({ actor, action, door }) => [actor, action, door])).toEqual([
      [requester, 'approved', 'slack'],
    ]);
    expect((await statesOf(turn)).length).toBeLessThanOrEqual(4 + 3);
  });

  it('denied: nothing is posted, and the answer does not claim that it was', async () => {
    const asked = await ask('announce a rumour in #announcements', { channel: team });
    const card = await cardOf(asked);
    await slack.click({ user: requester, channel: team, ts: card.ts, action_id: 'sluice_deny' });
    await slack.waitForMessage({ channel: team, ts: card.ts, noActions: true, textMatches: '[Dd]enied' });
    await answerTo(asked, 'I did not post anything');
    await turnWhen(asked, ended);
    const { messages } = await slack.state();
    expect(messages.some((m) => m.channel === announcements && m.visibleText.includes('a rumour'))).toBe(
      false,
    );
  });

  it('G-18: pressed within 50 ms of the card, it counts and the card is replaced', async () => {
    const asked = await ask('announce the fast one in #announcements', { channel: team });
    const card = await cardOf(asked);
    const seen = Date.now();
    await slack.click({ user: requester, channel: team, ts: card.ts, action_id: 'sluice_approve' });
    const delivery = (await slack.deliveries({ type: 'block_actions' })).at(-1);
    expect((delivery?.attempts[0]?.at ?? 0) - seen).toBeLessThan(50);
    await slack.waitForMessage({ channel: team, ts: card.ts, noActions: true });
    await answerTo(asked, 'Posted in');
  });

  it('G-14: two people press at once: one decides, the other is told who', async () => {
    const asked = await ask('announce the contested one in #announcements', { channel: team });
    const card = await cardOf(asked);
    const press = (user: string, action_id: string) =>
      slack.click({ user, channel: team, ts: card.ts, action_id });
    await Promise.all([press(requester, 'sluice_approve'), press(reviewer, 'sluice_deny')]);
    const notice = await slack.waitForMessage({
      channel: team,
      thread_ts: asked.ts,
      textMatches: '[Aa]lready (approved|denied) by',
    });
    const loser = notice.ephemeralFor === requester ? requester : reviewer;
    expect(notice.ephemeralFor).toBe(loser);
    expect(notice.text).toContain(loser === requester ? reviewer : requester);
    const turn = await turnWhen(asked, ended);
    expect(turn.state).toBe('completed');
    const outcome = await slack.waitForMessage({ channel: team, ts: card.ts, noActions: true });
    const approved = /approved/i.test(outcome.visibleText);
    const { messages } = await slack.state();
    const posted = messages.filter(
      (m) => m.channel === announcements && m.visibleText.includes('the contested one'),
    );
    expect(posted).toHaveLength(approved ? 1 : 0);
  });
});

describe('messages that come while a turn runs', () => {
  it('wait for their turn and are answered in order, once each', async () => {
    const asked = await ask('slow answer 4');
    await turnWhen(asked, (turn) => turn.state === 'running');
    const second = await ask('say the second one', { thread_ts: asked.ts });
    const third = await ask('say the third one', { thread_ts: asked.ts, user: reviewer });
    await turnWhen(third, ended);
    await slack.waitForMessage({
      channel: general,
      thread_ts: asked.ts,
      textIncludes: 'the third one',
      fromBot: true,
      streaming_state: 'completed',
    });
    const shown = await shownBy(slack, asked);
    const order = ['This was the last sentence.', 'the second one', 'the third one'].map((text) =>
      shown.findIndex((message) => message.visibleText.includes(text)),
    );
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(order).not.toContain(-1);
    // Each is for the one who asked.
    expect(shown[order[2] ?? 0]?.stream?.recipientUser).toBe(reviewer);
    expect((await turnOf(second))?.previousTurnId).toBe((await turnOf(asked))?.turnId);
  });
});

/** The envelope of a delivery, to be sent again. */
function payloadOf(delivery: DeliveryRecord | undefined): JsonObject {
  const payload = delivery?.payload;
  if (typeof payload !== 'object' || payload === null || Array.isArray(payload))
    throw new Error('The delivery has no envelope.');
  return payload;
}

describe('deliveries', () => {
  it('S-26: a cold function answers in time, before any model or Slack call; what Slack repeats is harmless', async () => {
    await makeCold(stack.functions['slack-events'] ?? '');
    const mark = await slack.mark();
    const asked = await ask('say from the cold');
    const closed = await answerTo(asked, 'from the cold');
    const deliveries = await slack.deliveries({ after: mark.delivery });
    const [mentioned] = deliveries.filter(({ type }) => type === 'app_mention');
    expect(mentioned?.attempts).toHaveLength(1);
    expect(mentioned?.attempts[0]).toMatchObject({ status: 200, failure: null });
    expect(mentioned?.attempts[0]?.durationMs).toBeLessThan(3_000);
    await slack.deliver({ payload: payloadOf(mentioned), times: 3 });
    const turn = await turnWhen(asked, ended);
    expect(turn).toMatchObject({ epoch: 1, fence: 1 });
    expect(closed.shown).toHaveLength(1);
  });

  it('G-28, G-30: one event delivered eight times at once, and its message twin, are one turn', async () => {
    // An owner may subscribe to more than the manifest asks for; Slack then sends each mention twice.
    const { subscriptions } = await slack.setApp({});
    await slack.setApp({ subscriptions: [...subscriptions, 'message.channels'] });
    const mark = await slack.mark();
    const asked = await ask('say only once');
    await slack.setApp({ subscriptions });
    const [mentioned] = await slack.deliveries({ type: 'app_mention', after: mark.delivery });
    const [twin] = await slack.deliveries({ type: 'message', after: mark.delivery });
    const again = [
      slack.deliver({ payload: payloadOf(mentioned), times: 8 }),
      slack.deliver({ payload: payloadOf(twin) }),
    ];
    const answers = (await Promise.all(again)).flat();
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    await answerTo(asked, 'only once');
    const turn = await turnWhen(asked, ended);
    expect(turn).toMatchObject({ epoch: 1, fence: 1, step: 1 });
    const shown = await shownBy(slack, asked);
    expect(shown.filter((message) => message.visibleText.includes('only once'))).toHaveLength(1);
  });
});
