import { escapeMrkdwn } from '../slack/text.ts';
import { askedText } from './asked-text.ts';
import { approveActionId, buttonValue, denyActionId, denyReasonActionId } from './button.ts';
import { inertCode, inertText } from './inert-text.ts';
import type { ApproverPolicy, Decision, PauseRecord, PauseRowRecord } from './record.ts';

/** A block as it goes to Slack; the types package would add nothing but weight here. */
export type Block = { type: string; block_id?: string } & Record<string, unknown>;

export interface Card {
  /** For notifications and screen readers. */
  text: string;
  blocks: Block[];
}

/** Slack takes 50 blocks in a message; two are kept back for what others may add. */
const BLOCK_LIMIT = 48;

/**
 * The card of an open pause: for each row what is asked and its buttons (or its outcome, once it has one). The
 * first open row's actions block is named like the pause, so that a card whose post is in doubt can be found.
 */
export function openCard(pause: PauseRecord, rows: readonly PauseRowRecord[]): Card {
  let next = pause.pauseId;
  const nameOf = (row: number) => {
    const name = next;
    next = `${pause.pauseId}:${row + 1}`;
    return name;
  };
  const blocks = rows.map((row): Block[] => {
    const decision = pause.rows[row.row]?.decision;
    const asked = section(askedText(row));
    if (decision) return [asked, context(outcomeText(decision, pause))];
    return [asked, actions(pause.pauseId, row.row, nameOf(row.row))];
  });
  return {
    text: `Approval needed: ${titles(rows)}`,
    blocks: [
      ...withinLimit(blocks),
      context(`${whoMayDecide(pause.policy)} Expires ${date(pause.expiresAt)}.`),
    ],
  };
}

/** The card when nothing is open any more: what was asked, the outcome, who and when; no buttons. */
export function decidedCard(pause: PauseRecord, rows: readonly PauseRowRecord[]): Card {
  const blocks = rows.map((row): Block[] => {
    const decision = pause.rows[row.row]?.decision;
    const sign = decision?.answer === 'approved' ? ':white_check_mark:' : ':x:';
    return [
      section(askedText(row, sign)),
      context(decision ? outcomeText(decision, pause) : 'Closed without a decision.'),
    ];
  });
  const [first, ...more] = withinLimit(blocks);
  return {
    text: `${summary(pause)}: ${titles(rows)}`,
    blocks: first ? [{ ...first, block_id: pause.pauseId }, ...more] : [],
  };
}

/** As many rows as there is room for, and a line that says how many are not shown (case G-23). */
function withinLimit(rows: readonly Block[][]): Block[] {
  const shown: Block[] = [];
  for (const [n, blocks] of rows.entries()) {
    // One for the line about omitted rows, one for the card's last line.
    if (shown.length + blocks.length > BLOCK_LIMIT - 2) {
      const omitted = rows.length - n;
      return [
        ...shown,
        context(`${omitted} more ${omitted === 1 ? 'request is' : 'requests are'} not shown.`),
      ];
    }
    shown.push(...blocks);
  }
  return shown;
}

function outcomeText(decision: Decision, pause: PauseRecord): string {
  const when = date(decision.at);
  const reason = decision.reason
    ? ` Reason: ${inertCode(decision.reason, undefined, decision.reasonOmitted)}`
    : '';
  switch (decision.cause) {
    case 'expiry':
      return `*Expired* ${when}: nobody decided, so it counts as denied.`;
    case 'stop':
      return `*Cancelled* ${when}: the work was stopped.`;
    case 'person':
      return `*${decision.answer === 'approved' ? 'Approved' : 'Denied'}* by ${nameOf(decision.by, pause)} ${when}.${reason}`;
  }
}

/** The requester is mentioned once per turn, at its end (case P-6), so not by the card. */
function nameOf(userId: string, pause: PauseRecord): string {
  return userId === pause.requester.userId ? 'the requester' : mention(userId);
}

function mention(userId: string): string {
  return `<@${escapeMrkdwn(userId)}>`;
}

function whoMayDecide(policy: ApproverPolicy): string {
  switch (policy.who) {
    case 'requester':
      return 'The person who asked decides.';
    case 'anyone':
      return 'Anyone in this conversation may decide.';
    case 'people':
      return `${policy.people.slice(0, 10).map(mention).join(', ')} may decide.`;
  }
}

function summary(pause: PauseRecord): string {
  if (pause.rows.some((row) => row.decision?.cause === 'expiry')) return 'Expired';
  if (pause.rows.some((row) => row.decision?.cause === 'stop')) return 'Cancelled';
  const denied = pause.rows.filter((row) => row.decision?.answer === 'denied').length;
  if (denied === 0) return 'Approved';
  return denied === pause.rows.length ? 'Denied' : `${denied} of ${pause.rows.length} denied`;
}

function titles(rows: readonly PauseRowRecord[]): string {
  return inertText(rows.map((row) => row.title).join(', '), 150);
}

/** A time that Slack shows in the reader's own zone, with UTC for clients that cannot. */
function date(at: number): string {
  const fallback = new Date(at).toISOString().slice(0, 16).replace('T', ' ');
  return `<!date^${Math.floor(at / 1000)}^{date_short_pretty} at {time}|${fallback} UTC>`;
}

function section(text: string): Block {
  return { type: 'section', text: { type: 'mrkdwn', text } };
}

function context(text: string): Block {
  return { type: 'context', elements: [{ type: 'mrkdwn', text }] };
}

function actions(pauseId: string, row: number, blockId: string): Block {
  const value = buttonValue(pauseId, row);
  const label = (text: string) => ({ type: 'plain_text', text });
  return {
    type: 'actions',
    block_id: blockId,
    elements: [
      { type: 'button', action_id: approveActionId, text: label('Approve'), style: 'primary', value },
      { type: 'button', action_id: denyActionId, text: label('Deny'), style: 'danger', value },
      { type: 'button', action_id: denyReasonActionId, text: label('Deny with reason…'), value },
    ],
  };
}
