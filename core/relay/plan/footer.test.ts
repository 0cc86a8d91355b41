import { describe, expect, it } from 'vitest';
import type { FooterPart } from '../../display/display.ts';
import { type FooterFacts, footerText } from './footer.ts';

const facts: FooterFacts = {
  agent: 'assistant',
  model: 'anthropic/claude-x',
  workedMs: 42_000,
  costUsd: 0.0123,
};

describe('21 the footer', () => {
  it.each<[FooterPart[], string]>([
    [['agent', 'model', 'time', 'cost'], 'Assistant · claude-x · 42 s · $0.012'],
    [['cost', 'agent'], '$0.012 · Assistant'],
    [['time'], '42 s'],
    [[], ''],
  ])('tells %j', (parts, text) => expect(footerText(parts, facts)).toBe(text));

  it.each<[FooterFacts, string]>([
    [{}, ''],
    [{ model: 'demo' }, 'demo'],
    [{ agent: 'assistant', workedMs: 5_000 }, 'Assistant · 5 s'],
    [{ agent: 'assistant', model: undefined, costUsd: undefined }, 'Assistant'],
  ])('leaves out what is not known: %j', (known, text) =>
    expect(footerText(['agent', 'model', 'time', 'cost'], known)).toBe(text),
  );

  it.each([
    ['assistant', 'Assistant'],
    ['release_notes-bot', 'Release notes bot'],
  ])('names the agent %s as people would', (agent, text) =>
    expect(footerText(['agent'], { agent })).toBe(text),
  );

  it.each([
    ['demo/300', 'demo'],
    ['openai/gpt-x', 'gpt-x'],
    ['openai-compatible/org/model', 'org/model'],
    ['bedrock/eu.anthropic.claude-x-v1:0', 'eu.anthropic.claude-x-v1:0'],
    ['bedrock/arn:aws:bedrock:eu-west-1:123456789012:inference-profile/eu.claude-x', 'eu.claude-x'],
    ['no name of ours', 'no name of ours'],
  ])('names the model %s without its provider', (model, text) =>
    expect(footerText(['model'], { model })).toBe(text),
  );

  it.each([
    [0, '1 s'],
    [1_499, '1 s'],
    [59_400, '59 s'],
    [59_600, '1 min'],
    [185_000, '3 min 5 s'],
    [3_600_000, '1 h'],
    [7_500_000, '2 h 5 min'],
  ])('tells %i ms as people do', (workedMs, text) => expect(footerText(['time'], { workedMs })).toBe(text));

  it.each([
    [0, '$0'],
    [0.000_2, 'less than $0.01'],
    [0.01, '$0.010'],
    [0.9994, '$0.999'],
    [12.345, '$12.35'],
  ])('tells %d dollars', (costUsd, text) => expect(footerText(['cost'], { costUsd })).toBe(text));

  it('calls nobody, whatever a model is named', () => {
    expect(footerText(['model'], { model: 'openai/<!channel>' })).not.toContain('<!');
    expect(footerText(['model'], { model: `openai/${'x'.repeat(500)}` }).length).toBeLessThanOrEqual(300);
  });
});
