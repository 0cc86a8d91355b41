import { afterEach, describe, expect, it } from 'vitest';
import type { PauseAuditRecord } from '../../core/pauses/record.ts';
import { keys } from '../../core/store/keys.ts';
import { deployed, shownBy } from './support/deployed.ts';

const { stack, slack, store, SEED, ask, turnWhen, ended, makeCold } = deployed();
const { requester, reviewer } = SEED.people;
const { team, announcements } = SEED.channels;

afterEach(() => slack.clearFaults());

/** Asks for an announcement and waits for the card that asks people about it. */
async function askedCard(what: string) {
  const asked = await ask(`announce ${what} in #announcements`, { channel: team });
  const card = await slack.waitForMessage({
    channel: team,
    thread_ts: asked.ts,
    hasActionId: 'sluice_deny_reason',
  });
  const turn = await turnWhen(asked, ({ state }) => state === 'paused');
  const press = (user: string, action_id: string) =>
    slack.click({ user, channel: team, ts: card.ts, action_id });
  return { asked, card, press, pauseId: turn.pauseId ?? '' };
}

const formOf = (user: string) => slack.views.waitFor({ user, callback_id: 'sluice_deny_reason' });
const reasonIs = (value: string) => ({ reason: { reason: { value } } });
const auditsOf = (pauseId: string) =>
  store.query<PauseAuditRecord>({ pk: keys.pause(pauseId).pk, prefix: 'AUDIT#' });

describe('Deny with reason', () => {
  it('G-24 a cold function opens the form in time; faults come back at the field; the reason is told everywhere', async () => {
    const { asked, card, press, pauseId } = await askedCard('a surprise party');
    await makeCold(stack.functions['slack-interactions'] ?? '');
    const mark = await slack.mark();
    const clicked = await press(requester, 'sluice_deny_reason');
    expect(clicked.attempts).toHaveLength(1);
    expect(clicked.attempts[0]).toMatchObject({ status: 200, failure: null, answer: '' });
    expect(clicked.attempts[0]?.durationMs).toBeLessThan(3_000);
    // It stood on the screen before the click was answered.
    const opened = await slack.calls({ method: 'views.open', after: mark.call });
    expect(opened).toHaveLength(1);
    const form = await formOf(requester);
    expect(form.visibleText).toContain('a surprise party');
    expect(form.view.private_metadata).toBe(`${pauseId}:0`);

    // Blanks are refused by Slack itself, by us what only looks like something.
    expect(await slack.views.submit({ user: requester, values: reasonIs('  ') })).toMatchObject({
      outcome: 'incomplete',
    });
    expect(await slack.views.submit({ user: requester, values: reasonIs('\u2060\u200b') })).toMatchObject({
      outcome: 'errors',
      errors: { reason: expect.stringContaining('Please write a reason') },
    });
    expect(await auditsOf(pauseId)).toEqual([]);

    const reason = 'It would be no surprise any more.';
    const sent = await slack.views.submit({ user: requester, values: reasonIs(reason) });
    expect(sent).toMatchObject({ outcome: 'closed', views: { modals: [] } });

    const outcome = await slack.waitForMessage({ channel: team, ts: card.ts, noActions: true });
    expect(outcome.visibleText).toMatch(/Denied\*? by the requester/);
    expect(outcome.visibleText).toContain(reason);
    // The demo model repeats what it was told.
    await slack.waitForMessage({
      channel: team,
      thread_ts: asked.ts,
      textIncludes: `Their reason: “${reason}”`,
      streaming_state: 'completed',
      fromBot: true,
    });
    const steps = (await shownBy(slack, asked)).flatMap(({ stream }) => Object.values(stream?.cards ?? {}));
    expect(JSON.stringify(steps)).toContain(`Denied: ${reason}`);
    await turnWhen(asked, ended);
    const { messages } = await slack.state();
    expect(messages.some((m) => m.channel === announcements && m.visibleText.includes('surprise'))).toBe(
      false,
    );
    expect(await auditsOf(pauseId)).toMatchObject([
      { actor: requester, action: 'denied', door: 'slack', reason },
    ]);
  });

  it('G-14 somebody decides while the form is open: whoever sends it is told who, and one decision stands', async () => {
    const { asked, card, press, pauseId } = await askedCard('the disputed one');
    await press(requester, 'sluice_deny_reason');
    await formOf(requester);
    await press(reviewer, 'sluice_approve');
    await slack.waitForMessage({ channel: team, ts: card.ts, noActions: true });
    const sent = await slack.views.submit({ user: requester, values: reasonIs('Please wait.') });
    expect(sent.outcome).toBe('updated');
    const [view] = sent.views.modals;
    expect(view?.visibleText).toContain('Already approved by');
    expect(view?.visibleText).toContain(reviewer);
    expect(view?.visibleText).toContain('Your reason was not used.');
    expect(view?.view.submit ?? null).toBeNull();
    await slack.views.close({ user: requester });
    await slack.waitForMessage({ channel: announcements, textIncludes: 'the disputed one', fromBot: true });
    await turnWhen(asked, ended);
    expect(await auditsOf(pauseId)).toMatchObject([{ actor: reviewer, action: 'approved' }]);
  });

  it('G-38 two people send the form at once: one reason counts, the other hears of it', async () => {
    const { card, press, pauseId } = await askedCard('the doubled one');
    const people = [requester, reviewer];
    await Promise.all(people.map((user) => press(user, 'sluice_deny_reason')));
    await Promise.all(people.map(formOf));
    const sent = await Promise.all(
      people.map((user) => slack.views.submit({ user, values: reasonIs(`Because of ${user}.`) })),
    );
    expect(sent.map(({ outcome }) => outcome).sort()).toEqual(['closed', 'updated']);
    const winner = people[sent.findIndex(({ outcome }) => outcome === 'closed')] ?? '';
    const loser = sent.find(({ outcome }) => outcome === 'updated');
    expect(loser?.views.modals[0]?.visibleText).toContain(winner);
    expect(await auditsOf(pauseId)).toMatchObject([{ actor: winner, reason: `Because of ${winner}.` }]);
    const outcome = await slack.waitForMessage({ channel: team, ts: card.ts, noActions: true });
    expect(outcome.visibleText).toContain(`Because of ${winner}.`);
  });

  it('G-24 Slack is slow: the click is acknowledged in time, the person is told, and pressing again opens the form', async () => {
    const { asked, card, press } = await askedCard('the slow one');
    await slack.fault({ method: 'views.open', effect: 'delay', delayMs: 4_000, times: 1 });
    const clicked = await press(requester, 'sluice_deny_reason');
    expect(clicked.attempts[0]).toMatchObject({ status: 200, failure: null });
    const notice = await slack.waitForMessage({
      channel: team,
      thread_ts: asked.ts,
      textIncludes: 'did not open in time',
    });
    expect(notice.ephemeralFor).toBe(requester);
    await slack.clearFaults();
    await press(requester, 'sluice_deny_reason');
    await formOf(requester);
    expect(await slack.views.submit({ user: requester, values: reasonIs('Too slow.') })).toMatchObject({
      outcome: 'closed',
    });
    await slack.waitForMessage({ channel: team, ts: card.ts, noActions: true, textIncludes: 'Too slow.' });
    await turnWhen(asked, ended);
  });
});
