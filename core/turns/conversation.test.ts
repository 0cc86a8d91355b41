import { describe, expect, it } from 'vitest';
import { callPart, createRecords, resultPart, textPart } from '../../test/support/history.ts';
import { toModelMessages } from '../models/messages.ts';
import { Conversation } from './conversation.ts';

describe('Conversation', () => {
  it('81 reads step by step as it would read all at once, whatever the model wrote', () => {
    const { post, assistant, results } = createRecords();
    const records = [
      post('hi'),
      assistant(textPart(' '), callPart('a', 'browser.open', null)),
      results(resultPart('a', 'There is no\0 such tool.', 'browser.open')),
      assistant(textPart('half \ud83d'), { type: 'reasoning', text: '' }, callPart('b')),
      results(resultPart('b')),
      assistant(textPart('Done.')),
      post('thanks', 'U2'),
    ];
    const conversation = new Conversation(records.slice(0, 1));
    for (const record of records.slice(1)) conversation.add([record]);
    expect(conversation.messages).toEqual(toModelMessages(records));
    expect(conversation.records).toEqual(records);
  });

  it('what the model has read stays as it was', () => {
    const { post, assistant, results } = createRecords();
    const conversation = new Conversation([post('hi')]);
    const before = [...conversation.messages];
    conversation.add([assistant(callPart('a'))]);
    const after = conversation.with([results(resultPart('a')), post('Hurry.', 'U2')]);
    expect(after.slice(0, 1)).toEqual(before);
    expect(after.slice(0, 2)).toEqual(conversation.messages);
    expect(after.map(({ role }) => role)).toEqual(['user', 'assistant', 'tool', 'user']);
  });
});
