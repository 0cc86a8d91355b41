import { describe, expect, it } from 'vitest';
import { turnIdOf } from '../../ids.ts';
import type { EventEnvelope } from './parse-event.ts';
import { toPost, toStop } from './to-post.ts';

const base: EventEnvelope = {
  appId: 'A1',
  installationId: 'T1',
  eventId: 'Ev1',
  botUserId: 'UBOT',
  teamId: 'T1',
  at: 5000,
  type: 'app_mention',
  event: { type: 'app_mention', user: 'U1', team: 'T1', text: '<@UBOT> hi', ts: '1.1', channel: 'C1' },
};
const withEvent = (change: Record<string, unknown>) =>
  toPost({ ...base, event: { ...base.event, ...change } });

describe('toPost', () => {
  it('makes a post that begins a thread', () => {
    expect(toPost(base)).toEqual({
      appId: 'A1',
      installationId: 'T1',
      eventId: 'Ev1',
      channel: 'C1',
      threadTs: '1.1',
      messageTs: '1.1',
      author: { userId: 'U1', teamId: 'T1' },
      text: 'hi',
      files: [],
    });
  });

  it('stays in the thread it was written in', () => {
    expect(withEvent({ thread_ts: '1.0' })).toMatchObject({ threadTs: '1.0', messageTs: '1.1' });
  });

  it("names the author's own team in a shared channel", () => {
    expect(withEvent({ user_team: 'T7', team: 'T1' })?.author.teamId).toBe('T7');
    expect(withEvent({ user_team: undefined, team: 'T7' })?.author.teamId).toBe('T7');
    expect(withEvent({ team: undefined })?.author.teamId).toBe('T1');
  });

  it('G-30 the twin of a mention names the same turn, by another event', () => {
    const twin = { ...base, type: 'message', eventId: 'Ev2', event: { ...base.event, type: 'message' } };
    const [one, other] = [toPost(base), toPost(twin)];
    expect(one && other && turnIdOf(one) === turnIdOf(other)).toBe(true);
    expect(other?.eventId).toBe('Ev2');
  });

  it('S-12 the same post is another turn for another app', () => {
    const [one, other] = [toPost(base), toPost({ ...base, appId: 'A2' })];
    expect(one && other && turnIdOf(one) !== turnIdOf(other)).toBe(true);
  });

  it('gives what was typed, once unescaped', () => {
    expect(withEvent({ text: '<@UBOT> is 3 &lt; 5 &amp;&amp; 5 &gt; 3? &amp;lt;' })?.text).toBe(
      'is 3 < 5 && 5 > 3? &lt;',
    );
    expect(withEvent({ text: '<@UBOT> ask <@U2> in <#C2|general>' })?.text).toBe(
      'ask <@U2> in <#C2|general>',
    );
  });

  it('names files and leaves out what is none', () => {
    const files = [
      { id: 'F1', name: 'a.txt', mimetype: 'text/plain', size: 3, url_private: 'https://files.slack.com/x' },
      { id: 'F2', title: 'Titled', size: 'big' },
      { name: 'no id' },
      'nonsense',
    ];
    expect(withEvent({ files })?.files).toEqual([
      { id: 'F1', name: 'a.txt', mimetype: 'text/plain', size: 3 },
      { id: 'F2', name: 'Titled', mimetype: 'application/octet-stream', size: 0 },
    ]);
    expect(withEvent({ files: 'nonsense' })?.files).toEqual([]);
  });

  it('bounds what it takes over', () => {
    const files = Array.from({ length: 50 }, (_, n) => ({ id: `F${n}`, name: 'n'.repeat(1000) }));
    const post = withEvent({ text: 'x'.repeat(1_000_000), files });
    expect(post?.text.length).toBe(40_000);
    expect(post?.files.length).toBe(20);
    expect(post?.files[0]?.name.length).toBe(255);
  });
});

describe('toStop', () => {
  const stopped = { channel: 'C1', user: 'U1', thread_ts: '1.0', event_ts: '1700000000.000200' };

  it('says whose work is to stop, and when that was asked', () => {
    expect(toStop({ ...base, event: stopped })).toEqual({
      appId: 'A1',
      installationId: 'T1',
      channel: 'C1',
      threadTs: '1.0',
      by: 'U1',
      at: 1_700_000_000_000,
    });
  });

  it('takes the time of the delivery where the event names none', () => {
    expect(toStop({ ...base, event: { ...stopped, event_ts: undefined } })?.at).toBe(5000);
  });
});
