import { describe, expect, it } from 'vitest';
import { buttonValue } from '../../pauses/button.ts';
import { denialForm } from '../../pauses/denial-form.ts';
import { parseInteraction } from './parse-interaction.ts';

const pauseId = `p${'0'.repeat(32)}`;
const click = {
  type: 'block_actions',
  user: { id: 'U1', username: 'x', name: 'x', team_id: 'T1' },
  api_app_id: 'A1',
  container: { type: 'message', message_ts: '2.2', channel_id: 'C1', is_ephemeral: false, thread_ts: '1.0' },
  team: { id: 'T1', domain: 'd' },
  enterprise: null,
  is_enterprise_install: false,
  channel: { id: 'C1', name: 'n' },
  message: { ts: '2.2', thread_ts: '1.0' },
  actions: [
    { type: 'button', action_id: 'sluice_approve', block_id: pauseId, value: buttonValue(pauseId, 0) },
  ],
};
const form = (payload: unknown) => `payload=${encodeURIComponent(JSON.stringify(payload))}`;
const press = {
  pauseId,
  row: 0,
  answer: 'approved',
  by: 'U1',
  appId: 'A1',
  installationId: 'T1',
  channel: 'C1',
  threadTs: '1.0',
};
const withAction = (change: Record<string, unknown>) => ({
  ...click,
  actions: [{ ...click.actions[0], ...change }],
});

const sent = {
  type: 'view_submission',
  user: click.user,
  api_app_id: 'A1',
  team: click.team,
  trigger_id: '1.2.a',
  view: {
    id: 'V1',
    ...denialForm({
      v: 1,
      pauseId,
      row: 3,
      kind: 'confirmation',
      toolCallId: 'c',
      toolName: 't',
      title: 'T',
      input: '{}',
      preview: [],
    }),
    state: { values: { reason: { reason: { type: 'plain_text_input', value: ' too early ' } } } },
  },
};
const withView = (change: Record<string, unknown>) => ({ ...sent, view: { ...sent.view, ...change } });
const person = { by: 'U1', appId: 'A1', installationId: 'T1' };

describe('parseInteraction', () => {
  it('G-24 reads Deny with reason, with the trigger that opens its form', () => {
    const payload = { ...withAction({ action_id: 'sluice_deny_reason' }), trigger_id: '111.222.abc' };
    const { answer: _none, ...about } = press;
    expect(parseInteraction(form(payload))).toEqual({
      kind: 'form_press',
      press: { ...about, triggerId: '111.222.abc' },
    });
  });

  it.each<[string, unknown, Record<string, unknown>]>([
    ['with a reason', sent, { reason: ' too early ' }],
    ['with nothing typed', withView({ state: { values: { reason: { reason: { value: null } } } } }), {}],
    ['without a state', withView({ state: undefined }), {}],
    ['with a state of other blocks', withView({ state: { values: { x: { reason: { value: 'x' } } } } }), {}],
    [
      'of an org-wide install',
      { ...sent, team: null, enterprise: { id: 'E1' }, is_enterprise_install: true },
      { reason: ' too early ', installationId: 'E1' },
    ],
    [
      'by somebody of another organisation, in a shared channel',
      { ...withView({ app_installed_team_id: 'T1' }), team: { id: 'T9' }, user: { id: 'U1', team_id: 'T9' } },
      { reason: ' too early ' },
    ],
    [
      'of an org-wide install, in a workspace',
      {
        ...withView({ app_installed_team_id: 'T1' }),
        enterprise: { id: 'E1' },
        is_enterprise_install: true,
      },
      { reason: ' too early ', installationId: 'E1' },
    ],
  ])('G-24 reads a form that was sent %s', (_, payload, expected) => {
    expect(parseInteraction(form(payload))).toEqual({
      kind: 'denial',
      submission: { pauseId, row: 3, reason: '', ...person, ...expected },
    });
  });

  it.each<[string, unknown, Record<string, unknown>]>([
    ['Approve', click, press],
    ['Deny', withAction({ action_id: 'sluice_deny' }), { ...press, answer: 'denied' }],
    ['a later row', withAction({ value: buttonValue(pauseId, 17) }), { ...press, row: 17 }],
    ['one of several actions', { ...click, actions: [{ action_id: 'x' }, ...click.actions] }, press],
    [
      'a card that is no thread reply',
      { ...click, container: { channel_id: 'C1', message_ts: '2.2' }, message: {} },
      { ...press, threadTs: '2.2' },
    ],
    ['the channel by itself', { ...click, container: { thread_ts: '1.0' } }, press],
    [
      'an org-wide install',
      { ...click, team: null, enterprise: { id: 'E1' }, is_enterprise_install: true },
      { ...press, installationId: 'E1' },
    ],
    ['no team named', { ...click, team: null }, press],
  ])('reads a press: %s', (_, payload, expected) => {
    expect(parseInteraction(form(payload))).toEqual({ kind: 'press', press: expected });
  });

  it.each<[string, string, string]>([
    ['a modal that was sent', form({ type: 'view_submission' }), 'unknown_type'],
    ['a modal that was closed', form({ type: 'view_closed' }), 'unknown_type'],
    ['a shortcut', form({ type: 'shortcut', callback_id: 'x' }), 'unknown_type'],
    ['a message action', form({ type: 'message_action' }), 'unknown_type'],
    ['a type of the future', form({ type: 'something_new' }), 'unknown_type'],
    ["a stranger's button", form(withAction({ action_id: 'other' })), 'unknown_action'],
    ['no actions', form({ ...click, actions: [] }), 'unknown_action'],
    ['actions that are none', form({ ...click, actions: 'x' }), 'unknown_action'],
    ['a button without value', form(withAction({ value: undefined })), 'forged_button'],
    ['a value with state in it', form(withAction({ value: `${pauseId}:0:approved` })), 'forged_button'],
    ['a value that is no pause', form(withAction({ value: 'PAUSE#x:0' })), 'forged_button'],
    ['a negative row', form(withAction({ value: `${pauseId}:-1` })), 'forged_button'],
    ["a stranger's modal", form(withView({ callback_id: 'other' })), 'unknown_type'],
    ['a form without ids', form(withView({ private_metadata: '' })), 'forged_form'],
    ['a form with more than ids', form(withView({ private_metadata: `${pauseId}:0:x` })), 'forged_form'],
    ['a ping', 'ssl_check=1&token=x', 'ssl_check'],
  ])('ignores %s', (_, body, reason) => {
    expect(parseInteraction(body)).toEqual({ kind: 'ignored', reason });
  });

  it.each<[string, string, string]>([
    ['nothing', '', 'no_payload'],
    ['JSON instead of a form', JSON.stringify(click), 'no_payload'],
    ['two payloads', `${form(click)}&${form(click)}`, 'no_payload'],
    ['broken JSON', 'payload=%7B', 'not_json'],
    ['a broken escape', 'payload=%E0%A4%A', 'not_json'],
    ['a list', form([]), 'not_json'],
    ['no type', form({}), 'no_type'],
    ['nobody who pressed', form({ ...click, user: null }), 'incomplete'],
    ['no app', form({ ...click, api_app_id: undefined }), 'incomplete'],
    ['no workspace', form({ ...click, team: null, user: { id: 'U1' } }), 'incomplete'],
    ['a form button without a trigger', form(withAction({ action_id: 'sluice_deny_reason' })), 'incomplete'],
    ['a form of nobody', form({ ...sent, user: {} }), 'incomplete'],
    ['a person that is no id', form({ ...click, user: { id: 'U1> <!channel' } }), 'incomplete'],
  ])('refuses %s', (_, body, reason) => {
    expect(parseInteraction(body)).toEqual({ kind: 'malformed', reason });
  });
});
