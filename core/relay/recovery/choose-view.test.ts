import { describe, expect, it } from 'vitest';
import { lettersOfMarkdown } from '../../slack/visible-text.ts';
import { openedMessage, wasApplied } from './choose-view.ts';

const markOf = (text: string) => ({ tail: text.slice(-240), letters: lettersOfMarkdown(text).length });
const showing = (text: string, more: Record<string, unknown> = {}) => ({ ts: '1.1', text, ...more });
const card = (status: string) => ({
  blocks: [{ type: 'plan', tasks: [{ type: 'task_card', task_id: 'a', status }] }],
});

describe('whether a call in doubt was applied', () => {
  it.each([
    ['plain text', 'Hello ', 'there.'],
    ['text that Slack converts', 'See **this**: ', '\n1. [one](https://x.y/z)\n2. `two`\n'],
    ['text that repeats itself', 'ha '.repeat(200), 'ha '.repeat(5)],
    ['the first text', '', 'Hello'],
    ['much text', 'Begin. ', 'word '.repeat(500)],
  ])('%s', (_what, before, added) => {
    const inFlight = { method: 'chat.appendStream' as const, text: markOf(before + added) };
    expect(wasApplied(showing(before + added), markOf(before), inFlight)).toBe(true);
    expect(wasApplied(showing(before), markOf(before), inFlight)).toBe(false);
  });

  it('a card whose state it changed decides', () => {
    const inFlight = { method: 'chat.appendStream' as const, card: { id: 'a', status: 'complete' } };
    expect(wasApplied({ ts: '1.1', ...card('complete') }, markOf(''), inFlight)).toBe(true);
    expect(wasApplied({ ts: '1.1', ...card('in_progress') }, markOf(''), inFlight)).toBe(false);
  });

  it('11 a call that joined a burst shows by the card’s count, for its state is what it was', () => {
    const burst = (title: string) => ({
      blocks: [{ type: 'task_card', task_id: 'a', status: 'in_progress', title }],
    });
    const card = { id: 'a', status: 'in_progress', title: 'Read file (3)' };
    const inFlight = { method: 'chat.appendStream' as const, card };
    expect(wasApplied({ ts: '1.1', ...burst('Read file (3)') }, markOf(''), inFlight)).toBe(true);
    expect(wasApplied({ ts: '1.1', ...burst('Read file (2)') }, markOf(''), inFlight)).toBe(false);
  });

  it('a stop shows by the stream’s state', () => {
    const inFlight = { method: 'chat.stopStream' as const };
    expect(wasApplied(showing('x', { streaming_state: 'completed' }), markOf('x'), inFlight)).toBe(true);
    expect(wasApplied(showing('x', { streaming_state: 'in_progress' }), markOf('x'), inFlight)).toBe(false);
  });

  it('a stream that a person stopped before the last text came does not have it', () => {
    const inFlight = { method: 'chat.stopStream' as const, text: markOf('First. Last.') };
    const message = showing('First.', { streaming_state: 'completed' });
    expect(wasApplied(message, markOf('First. '), inFlight)).toBe(false);
  });
});

describe('the message that a lost startStream opened', () => {
  it('is the one with its content, else one in progress', () => {
    const other = { ts: '1.1', ...card('complete') };
    const mine = { ts: '1.2', text: 'Hello' };
    const open = { ts: '1.3', text: '', streaming_state: 'in_progress' };
    expect(openedMessage([other, mine, open], { text: markOf('Hello') })?.ts).toBe('1.2');
    expect(openedMessage([other, mine, open], { card: { id: 'a', status: 'in_progress' } })?.ts).toBe('1.1');
    expect(openedMessage([mine, open], { card: { id: 'b', status: 'in_progress' } })?.ts).toBe('1.3');
    expect(openedMessage([mine], { card: { id: 'b', status: 'in_progress' } })).toBeUndefined();
    // The stream of another turn, by its cards.
    const others = { ...open, ...card('in_progress') };
    expect(openedMessage([others], { card: { id: 'b', status: 'in_progress' } })).toBeUndefined();
  });
});
