import { describe, expect, it } from 'vitest';
import type { ShowMethod } from '../../settings.ts';
import type { PlannedCall } from '../plan/plan.ts';
import { firstSpot, type RelayView } from '../record.ts';
import { failureTable, nextAfter } from './failures.ts';
import { recover } from './recover.ts';

const methods = Object.keys(failureTable) as ShowMethod[];
const codes = `messaging_processing_failed channel_not_found channel_type_not_supported user_not_found
  missing_recipient_team_id missing_recipient_user_id invalid_thread_ts invalid_blocks invalid_blocks_format
  invalid_chunks cannot_provide_both_markdown_text_and_chunks invalid_metadata_format metadata_too_large
  msg_blocks_too_long msg_blocks_too_many is_archived not_in_channel no_text messages_tab_disabled
  message_limit_exceeded restricted_action restricted_action_thread_locked team_not_found
  message_not_in_streaming_state message_not_found message_not_owned_by_app stopped_by_user too_many_attachments
  streaming_mode_mismatch msg_too_long cannot_reply_to_message streaming_state_conflict not_authed invalid_auth
  account_inactive token_revoked token_expired missing_scope ekm_access_denied internal_error fatal_error
  service_unavailable request_timeout invalid_arguments something_nobody_knew`.split(/\s+/);

const view: RelayView = {
  spot: { ...firstSpot, cursor: { fence: 1, seq: 5, index: 0, offset: 0 } },
  messages: 1,
  message: { n: 1, ts: '1.1', openedAt: 0, rollAt: 1, bytes: 10, cards: 0, tail: 'x', letters: 1 },
};
const call: Pick<PlannedCall, 'after' | 'brings'> = { after: { ...view, finished: true }, brings: true };

describe('the failure table', () => {
  it.each(methods.flatMap((method) => codes.map((code) => [method, code] as const)))(
    '%s, %s: something follows, and in the end the person has the whole answer',
    (method, code) => {
      let present = view;
      // Whatever is refused again and again ends in a way that still leads to the answer.
      for (let tries = 0; tries < 12; tries++) {
        const next = nextAfter(method, { kind: 'platform', code, messages: [] });
        if (next === 'wait' || next === 'ask') return;
        const recovery = recover(
          present,
          next,
          { ...call, after: { ...present, finished: true } },
          firstSpot,
        );
        if ('again' in recovery) return;
        present = recovery.view;
        expect(present.spot.cursor.seq).toBeLessThanOrEqual(view.spot.cursor.seq);
        if (present.whole || (present.message === undefined && method !== 'chat.startStream')) return;
        if (method === 'chat.update' || method === 'chat.postMessage') return;
      }
      expect.fail(`${method} with ${code} goes on for ever`);
    },
  );

  it.each([
    ['chat.appendStream', 'message_not_in_streaming_state', 'reopen'],
    ['chat.appendStream', 'msg_too_long', 'roll'],
    ['chat.appendStream', 'streaming_mode_mismatch', 'abandon'],
    ['chat.appendStream', 'stopped_by_user', 'whole'],
    ['chat.appendStream', 'message_not_found', 'restart'],
    ['chat.appendStream', 'invalid_chunks', 'withoutCards'],
    ['chat.startStream', 'not_in_channel', 'whole'],
    ['chat.startStream', 'account_inactive', 'slow'],
    ['chat.postMessage', 'invalid_blocks', 'plain'],
    ['chat.postMessage', 'is_archived', 'person'],
    ['chat.update', 'message_not_found', 'withoutProgress'],
    ['chat.stopStream', 'internal_error', 'ask'],
  ] as const)('%s, %s: %s', (method, code, next) => {
    expect(nextAfter(method, { kind: 'platform', code, messages: [] })).toBe(next);
  });

  it('knows what a lost answer and a 429 mean, whatever was called', () => {
    for (const method of methods) {
      expect(nextAfter(method, { kind: 'unknown', detail: 'HTTP 503' })).toBe('ask');
      expect(nextAfter(method, { kind: 'rate_limited', retryAfterMs: 1_000 })).toBe('wait');
    }
  });

  it('S-4 does not open streams for ever: after two lost in a row the answer is posted', () => {
    let present = view;
    let streams = 0;
    while (!present.whole && streams < 10) {
      const recovery = recover(
        { ...present, ...(view.message ? { message: view.message } : {}) },
        'reopen',
        { after: present, brings: true },
        undefined,
      );
      if (!('view' in recovery)) break;
      present = recovery.view;
      streams++;
    }
    expect(streams).toBe(3);
    expect(present.whole?.from).toEqual(view.spot);
  });

  it('a stop that brought nothing is done when its stream is gone', () => {
    const recovery = recover(view, 'reopen', { after: { ...view, messages: 9 }, brings: false }, undefined);
    expect(recovery).toEqual({ view: { ...view, messages: 9 } });
  });
});
