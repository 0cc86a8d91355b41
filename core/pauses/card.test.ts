import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { aPause, aRow, start } from '../../test/support/pauses.ts';
import { defaultApproval } from '../tools/approval.ts';
import { defineTool } from '../tools/define-tool.ts';
import { parseButtonValue } from './button.ts';
import { type Block, type Card, decidedCard, openCard } from './card.ts';
import { withOpenRows, withRow } from './decide.ts';
import { type NewPause, newPause, newPauseRecord } from './new-pause.ts';
import type { Decision, PauseRowRecord } from './record.ts';

function stored(change: Partial<NewPause> = {}) {
  const asked = aPause(change);
  const rows = asked.rows.map(
    (row, n): PauseRowRecord => ({
      v: 1,
      pauseId: asked.pauseId,
      row: n,
      ...row,
      input: JSON.stringify(row.input),
    }),
  );
  return { pause: newPauseRecord(asked), rows };
}

interface Button {
  action_id: string;
  value: string;
  style: string;
  text: { text: string };
}
const actionsOf = ({ blocks }: Card): (Block & { elements: Button[] })[] =>
  blocks.filter((block): block is Block & { elements: Button[] } => block.type === 'actions');
const textsOf = ({ blocks }: Card): string[] =>
  blocks.flatMap(({ text, elements, type }) => {
    const parts = type === 'section' ? [text] : type === 'context' ? (elements as unknown[]) : [];
    return parts.map((part) => (part as { text: string }).text);
  });

const decision: Decision = { answer: 'approved', by: 'U2', at: start + 1000, cause: 'person' };
const many = (count: number) => Array.from({ length: count }, (_, n) => aRow(n));

describe('openCard', () => {
  const { pause, rows } = stored();
  const card = openCard(pause, rows);

  it('asks with Approve first, Deny marked as dangerous, and a denial with words behind both', () => {
    const [actions] = actionsOf(card);
    expect(actions?.elements.map(({ text, style, action_id }) => [text.text, style, action_id])).toEqual([
      ['Approve', 'primary', 'sluice_approve'],
      ['Deny', 'danger', 'sluice_deny'],
      ['Deny with reason…', undefined, 'sluice_deny_reason'],
    ]);
    expect(card.text).toBe('Approval needed: Post announcement 0');
    expect(textsOf(card)[0]).toContain('*Text:* `text 0`');
  });

  it('its buttons carry the pause and the row and nothing else', () => {
    const values = actionsOf(card).flatMap(({ elements }) => elements.map(({ value }) => value));
    expect(values).toEqual([`${pause.pauseId}:0`, `${pause.pauseId}:0`, `${pause.pauseId}:0`]);
    expect(values.map(parseButtonValue)).toEqual([
      { pauseId: pause.pauseId, row: 0 },
      { pauseId: pause.pauseId, row: 0 },
      { pauseId: pause.pauseId, row: 0 },
    ]);
  });

  it('never shows the task token', () => {
    const secret = 'AQC-task-token';
    const shown = [{ ...pause, taskToken: secret }].flatMap((state) => [
      openCard(state, rows),
      decidedCard(state, rows),
    ]);
    expect(JSON.stringify(shown)).not.toContain(secret);
  });

  it('is named like the pause, so that it can be found again', () => {
    expect(actionsOf(card)[0]?.block_id).toBe(pause.pauseId);
    const partly = stored({ rows: many(3) });
    const later = openCard(withRow(partly.pause, 0, decision), partly.rows);
    const names = actionsOf(later).map((block) => block.block_id);
    expect(names[0]).toBe(partly.pause.pauseId);
    expect(new Set(names).size).toBe(2);
  });

  it.each([
    [{ who: 'requester' } as const, 'The person who asked decides.'],
    [{ who: 'anyone' } as const, 'Anyone in this conversation may decide.'],
    [{ who: 'people', people: ['U2', 'U3'] } as const, '<@U2>, <@U3> may decide.'],
  ])('says who may decide: %j', (policy, text) => {
    const asked = stored({
      policy: policy.who === 'people' ? { who: 'people', people: [...policy.people] } : policy,
    });
    expect(textsOf(openCard(asked.pause, asked.rows)).at(-1)).toContain(text);
  });

  it('says when it expires, in the time of the reader', () => {
    expect(textsOf(card).at(-1)).toContain(
      'Expires <!date^1700003600^{date_short_pretty} at {time}|2023-11-14 23:13 UTC>.',
    );
  });

  it('does not mention the requester: that is done once, at the end of the turn', () => {
    expect(
      JSON.stringify([card, decidedCard(withRow(pause, 0, { ...decision, by: 'U1' }), rows)]),
    ).not.toContain('U1');
  });

  it('G-8 arguments of 5,000 characters, hostile ones, many of them: each block stays within its bounds', () => {
    const preview = Array.from({ length: 40 }, () => ({
      label: '*<!here>*'.repeat(40),
      value: '<&`>\n'.repeat(1000),
    }));
    const wild = stored({ rows: [{ ...aRow(0), title: '<!channel> *x* '.repeat(100), preview }] });
    for (const shown of [
      openCard(wild.pause, wild.rows),
      decidedCard(withRow(wild.pause, 0, decision), wild.rows),
    ]) {
      expect(shown.blocks.length).toBeLessThanOrEqual(48);
      // Slack refuses a text object of more than 3,000 characters, and the whole message with it.
      for (const text of textsOf(shown)) expect(text.length).toBeLessThanOrEqual(3000);
      expect(JSON.stringify(shown)).not.toMatch(/<!(here|channel)/);
      expect(shown.text).not.toContain('<!');
    }
  });

  it('G-23 thirty rows: 48 blocks at most, and a line that says how many are not shown', () => {
    const asked = stored({ rows: many(30) });
    const shown = openCard(asked.pause, asked.rows);
    expect(shown.blocks.length).toBeLessThanOrEqual(48);
    expect(actionsOf(shown).length).toBe(23);
    expect(textsOf(shown).at(-2)).toBe('7 more requests are not shown.');
    const names = shown.blocks.flatMap(({ block_id }) => (block_id ? [block_id] : []));
    expect(new Set(names).size).toBe(names.length);
  });

  it('P-32 a decided row shows its outcome and the others keep their buttons', () => {
    const asked = stored({ rows: many(3) });
    const shown = openCard(withRow(asked.pause, 1, decision), asked.rows);
    expect(actionsOf(shown).map(({ elements }) => elements[0]?.value)).toEqual([
      `${asked.pause.pauseId}:0`,
      `${asked.pause.pauseId}:2`,
    ]);
    expect(textsOf(shown)).toContainEqual(expect.stringMatching(/^\*Approved\* by <@U2> /));
  });
});

describe('decidedCard', () => {
  const { pause, rows } = stored();
  const when = '<!date^1700000001^{date_short_pretty} at {time}|2023-11-14 22:13 UTC>';

  it.each<[string, Partial<Decision>, string, string]>([
    ['approved', {}, 'Approved', `*Approved* by <@U2> ${when}.`],
    ['denied', { answer: 'denied' }, 'Denied', `*Denied* by <@U2> ${when}.`],
    [
      'denied with a reason',
      { answer: 'denied', reason: 'too <early>' },
      'Denied',
      `*Denied* by <@U2> ${when}. Reason: \`too &lt;early&gt;\``,
    ],
    [
      'denied with a long reason, whose rest is counted',
      { answer: 'denied', reason: 'r'.repeat(150), reasonOmitted: 1850 },
      'Denied',
      `*Denied* by <@U2> ${when}. Reason: \`${'r'.repeat(150)}… (1850 more characters)\``,
    ],
    [
      'denied with a hostile reason, which does nothing',
      { answer: 'denied', reason: '`*no* <!channel>\n<@U1> & https://x.example' },
      'Denied',
      `*Denied* by <@U2> ${when}. Reason: \`'*no* &lt;!channel&gt; &lt;@U1&gt; &amp; https://x.example\``,
    ],
    ['approved by the requester', { by: 'U1' }, 'Approved', `*Approved* by the requester ${when}.`],
    [
      'S-23 expired',
      { answer: 'denied', cause: 'expiry' },
      'Expired',
      `*Expired* ${when}: nobody decided, so it counts as denied.`,
    ],
    [
      'S-9 cancelled',
      { answer: 'denied', cause: 'stop' },
      'Cancelled',
      `*Cancelled* ${when}: the work was stopped.`,
    ],
  ])('shows what was asked and that it was %s, without buttons', (_, change, word, outcome) => {
    const card = decidedCard(withRow(pause, 0, { ...decision, ...change }), rows);
    expect(card.text).toBe(`${word}: Post announcement 0`);
    expect(actionsOf(card)).toEqual([]);
    expect(JSON.stringify(card)).not.toContain('button');
    expect(textsOf(card)[0]).toContain('*Text:* `text 0`');
    expect(textsOf(card)[1]).toBe(outcome);
    expect(card.blocks[0]?.block_id).toBe(pause.pauseId);
  });

  it('counts what was denied of several rows', () => {
    const asked = stored({ rows: many(3) });
    const mixed = withOpenRows(withRow(asked.pause, 0, { ...decision, answer: 'denied' }), decision);
    expect(decidedCard(mixed, asked.rows).text).toMatch(/^1 of 3 denied: /);
  });
});

describe('what is approved', () => {
  it('is shown whole where a section holds it, and a channel by its true name', () => {
    const text = `${'word '.repeat(300)}AND THE END`;
    const preview = [
      { label: 'Channel', value: 'C024BE91L' },
      { label: 'Text', value: text },
    ];
    const { pause, rows } = stored({ rows: [{ ...aRow(0), preview }] });
    const [asked] = textsOf(openCard(pause, rows));
    expect(asked).toContain('<#C024BE91L>');
    expect(asked).toContain('AND THE END');
    const cut = stored({ rows: [{ ...aRow(0), preview: [{ label: 'Text', value: text.repeat(4) }] }] });
    expect(textsOf(openCard(cut.pause, cut.rows))[0]).toMatch(/… \(\d{4} more characters\)/);
  });

  it('says how much of it is not shown, also of what the record leaves out', () => {
    const value = '😀&'.repeat(6_000);
    const agent = {
      tools: [
        defineTool({
          name: 'post',
          description: 'Posts.',
          input: z.looseObject({}),
          effect: 'customer_facing',
          preview: () => [{ label: 'Text', value }],
          run: async () => 'posted',
        }),
      ],
      approval: defaultApproval,
    };
    const calls = [{ toolCallId: 'c', toolName: 'post', input: {} }];
    const asking = newPause({ ...aPause(), calls, agent, limits: { pauseExpiryMs: 1_000 } });
    const [line] = asking.rows[0]?.preview ?? [];
    expect(line?.value.isWellFormed()).toBe(true);
    const { pause, rows } = stored({ rows: asking.rows });
    const [asked = ''] = textsOf(openCard(pause, rows));
    const [, shown = '', more] = /`(.*)… \((\d+) more characters\)`/.exec(asked) ?? [];
    const characters = Array.from(shown.replaceAll('&amp;', '&')).length;
    expect(characters + Number(more)).toBe(Array.from(value).length);
  });
});
