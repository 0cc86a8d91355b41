import { describe, expect, it } from 'vitest';
import { cleanTitle, titleOfPost } from './title-text.ts';

describe('54 a title out of a model’s answer', () => {
  it.each([
    ['Release plan for March', 'Release plan for March'],
    ['"Fix login for #123"', 'Fix login for #123'],
    ['Title: Broken build in team/api-server.', 'Broken build in team/api-server'],
    ['**Quarterly numbers**', 'Quarterly numbers'],
    ['🚀 Launch checklist', 'Launch checklist'],
    ['Rechnung für März prüfen\n', 'Rechnung für März prüfen'],
    ['Zero\u200bwidth\u202e title', 'Zerowidth title'],
  ])('%s', (answer, title) => {
    expect(cleanTitle(answer)).toBe(title);
  });

  it.each([
    ['K-34 an excuse', 'I cannot browse the web'],
    ['K-34 an apology', 'Sorry, I am unable to access that link'],
    ['an offer', 'Sure! Here is a title'],
    ['a question back', 'What should the title be about?'],
    ['nothing', '  \n '],
    ['only marks', '“**”'],
    ['a text', 'First line\nSecond line'],
    ['a long sentence', 'one two three four five six seven eight nine ten eleven twelve thirteen'],
    ['a very long word', 'x'.repeat(81)],
  ])('is none: %s', (_what, answer) => {
    expect(cleanTitle(answer)).toBeUndefined();
  });
});

describe('54 a title out of the person’s own words', () => {
  it.each([
    ['please check #123 in team/api', 'please check #123 in team/api'],
    ['one two three four five six seven eight', 'one two three four five six…'],
    ['<@U123ABC> look at this.', 'look at this'],
    ['   ', undefined],
    ['x'.repeat(200), 'x'.repeat(80)],
  ])('%s', (text, title) => {
    expect(titleOfPost(text)).toBe(title);
  });
});
