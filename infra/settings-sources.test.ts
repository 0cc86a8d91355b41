import { describe, expect, it } from 'vitest';
import { SettingsError } from './settings.ts';
import { readSettings } from './settings-sources.ts';

function problemsOf(context: Record<string, unknown>, env: Record<string, string> = {}): readonly string[] {
  try {
    readSettings(context, env);
    return [];
  } catch (error) {
    if (error instanceof SettingsError) return error.problems;
    throw error;
  }
}

describe('where settings come from', () => {
  it('the later source wins: cdk.json, environment, -c', () => {
    const sluice = {
      model: 'demo',
      limits: { leaseMs: 1, silenceMs: 1, batchMs: 1 },
      tiers: { 'chat.update': 9 },
    };
    const env = { SLUICE_LIMITS_SILENCE_MS: '2', SLUICE_LIMITS_BATCH_MS: '2', SLUICE_TIERS_CHAT_UPDATE: '8' };
    const settings = readSettings({ sluice, 'limits.batchMs': '3', 'tiers.chat.startStream': '7' }, env);
    expect(settings.limits).toEqual({ leaseMs: 1, silenceMs: 2, batchMs: 3 });
    expect(settings.tiers).toEqual({ 'chat.update': 8, 'chat.startStream': 7 });
  });

  it('has defaults for all but the model', () => {
    expect(readSettings({ model: 'demo' }, {})).toEqual({
      stackName: 'Sluice',
      local: false,
      slackApiUrl: 'https://slack.com/api/',
      model: 'demo',
      baseUrls: {},
      models: {},
      overrides: [],
      displays: [],
      extraModels: [],
      logRetentionDays: 30,
      relayConcurrency: 10,
      limits: {},
      tiers: {},
    });
  });

  it.each([
    ['SLUICE_MODEL', 'bedrock/x', { model: 'bedrock/x' }],
    ['SLUICE_REGION', 'eu-central-1', { region: 'eu-central-1' }],
    ['SLACK_API_URL', 'https://slack.example/api', { slackApiUrl: 'https://slack.example/api/' }],
    ['SLUICE_SLACK_API_URL', 'https://slack.example/api/', { slackApiUrl: 'https://slack.example/api/' }],
    ['SLUICE_MODEL', 'anthropic/claude-opus-5-5', { model: 'anthropic/claude-opus-5-5' }],
    ['SLUICE_TITLE_MODEL', 'openai/gpt-6-luna', { titleModel: 'openai/gpt-6-luna' }],
    [
      'SLUICE_BASE_URLS_OPENAI_COMPATIBLE',
      'https://models.example/v1',
      { baseUrls: { 'openai-compatible': 'https://models.example/v1' } },
    ],
    ['SLUICE_MODELS', '{"demo":{"contextTokens":9}}', { models: { demo: { contextTokens: 9 } } }],
    [
      'SLUICE_OVERRIDES',
      '[{"channel":"C1","model":"demo","effort":"low"}]',
      { overrides: [{ channel: 'C1', model: 'demo', effort: 'low' }] },
    ],
    [
      'SLUICE_DISPLAYS',
      '[{"channel":"C1","surface":"timeline","footer":["cost"]}]',
      { displays: [{ channel: 'C1', surface: 'timeline', footer: ['cost'] }] },
    ],
    ['SLUICE_EXTRA_MODELS', '["openai/x"]', { extraModels: ['openai/x'] }],
    ['SLUICE_LOCAL', 'true', { local: true }],
    ['SLUICE_MODEL', '', { model: 'demo' }],
    ['SLUICE_LOCAL_PORT', '4567', {}],
  ])('reads %s=%s', (name, value, expected) => {
    expect(readSettings({ sluice: { model: 'demo' } }, { [name]: value })).toMatchObject(expected);
  });

  it('takes lists and objects from cdk.json as they stand there', () => {
    const sluice = {
      model: 'demo',
      models: { 'openai/x': { prices: { input: 1, output: 2 }, efforts: ['low'] } },
      overrides: [{ person: 'U1', model: 'openai/x' }],
      displays: [{ person: 'U1', links: ['example.com'], progressLine: true }],
      extraModels: ['bedrock/y'],
      baseUrls: { openai: 'https://models.example/v1' },
    };
    expect(readSettings({ sluice }, {})).toMatchObject(sluice);
  });

  it('leaves the context that is the CDK’s own alone', () => {
    const cdk = {
      '@aws-cdk/core:newStyleStackSynthesis': true,
      'aws:cdk:enable-path-metadata': true,
      'availability-zones:account=1:region=eu-central-1': [],
    };
    expect(problemsOf({ ...cdk, model: 'demo' })).toEqual([]);
  });
});

describe('every problem is a sentence that says what to do', () => {
  it.each<[string, Record<string, unknown>, Record<string, string>, RegExp]>([
    ['no model', {}, {}, /`model` is missing: say which model answers, .*-c model=demo/],
    [
      'a model nobody knows',
      { model: 'gpt' },
      {},
      /`model` must be `demo`.* \(given by context `-c model=…`\)/,
    ],
    [
      'no base URL',
      { model: 'openai-compatible/x' },
      {},
      /`baseUrls.openai-compatible` is missing: .*-c baseUrls.openai-compatible=https:/,
    ],
    [
      'no base URL for an override’s model',
      { sluice: { model: 'demo', overrides: [{ model: 'openai-compatible/x' }] } },
      {},
      /`baseUrls.openai-compatible` is missing: `openai-compatible\/x` needs/,
    ],
    [
      'both names of one address',
      { model: 'demo', modelBaseUrl: 'https://a.example', 'baseUrls.openai-compatible': 'https://b.example' },
      {},
      /`modelBaseUrl` is the old name of `baseUrls.openai-compatible`/,
    ],
    [
      'clear text to a provider',
      { model: 'demo', 'baseUrls.anthropic': 'http://models.example/v1' },
      {},
      /`baseUrls.anthropic` must begin with https:\/\//,
    ],
    [
      'a provider nobody knows',
      { model: 'demo', 'baseUrls.antropic': 'https://models.example/v1' },
      {},
      /no setting `baseUrls.antropic`.*Did you mean `baseUrls.anthropic`\?/,
    ],
    [
      'overrides that are no JSON',
      { model: 'demo', overrides: '[{channel}]' },
      {},
      /`overrides` must be a list of objects, as JSON .*\(given by context `-c overrides=…`\)/,
    ],
    [
      'a misspelt field of an override',
      { model: 'demo' },
      { SLUICE_OVERRIDES: '[{"chanel":"C1","model":"demo"}]' },
      /`overrides.0` has no field `chanel`: its fields are `agent`, .*SLUICE_OVERRIDES/,
    ],
    [
      'an override without a model',
      { sluice: { model: 'demo', overrides: [{ channel: 'C1' }] } },
      {},
      /`overrides.0.model` is missing: say which model/,
    ],
    [
      'a channel by name',
      { sluice: { model: 'demo', overrides: [{ channel: '#general', model: 'demo' }] } },
      {},
      /`overrides.0.channel` must be a channel's Slack id, such as C024BE91L/,
    ],
    [
      'an effort nobody knows',
      { sluice: { model: 'demo', overrides: [{ model: 'demo', effort: 'hard' }] } },
      {},
      /`overrides.0.effort` must be one of none, minimal, low/,
    ],
    [
      'displays that are no JSON',
      { model: 'demo', displays: 'timeline' },
      {},
      /`displays` must be a list of objects, as JSON .*\(given by context `-c displays=…`\)/,
    ],
    [
      'a misspelt field of a display',
      { model: 'demo' },
      { SLUICE_DISPLAYS: '[{"channel":"C1","surfaces":"plan"}]' },
      /`displays.0` has no field `surfaces`: its fields are `agent`, .*; the nearest is `surface` \(given by .*SLUICE_DISPLAYS/,
    ],
    [
      'a surface nobody knows',
      { sluice: { model: 'demo', displays: [{ channel: 'C1', surface: 'stream' }] } },
      {},
      /`displays.0.surface` must be plan, timeline or final \(given by `sluice.displays` in cdk.json\)/,
    ],
    [
      'a display of nothing',
      { sluice: { model: 'demo', displays: [{ channel: 'C1' }] } },
      {},
      /`displays.0` says nothing of how turns are shown: give one of `surface`/,
    ],
    [
      'a display for a channel by name',
      { sluice: { model: 'demo', displays: [{ channel: 'general', surface: 'plan' }] } },
      {},
      /`displays.0.channel` must be a channel's Slack id/,
    ],
    [
      'more displays than fit into a function’s environment',
      {
        sluice: {
          model: 'demo',
          displays: Array.from({ length: 70 }, (_, n) => ({ person: `U${n}AAAAAAAA`, surface: 'final' })),
        },
      },
      {},
      /`displays` makes the settings too long: .* 4 KB/,
    ],
    [
      'facts of no model',
      { model: 'demo', models: '{"gpt":{}}' },
      {},
      /`models.*` has a name that is no model’s: a model must be `demo`/,
    ],
    [
      'a fact nobody knows',
      { sluice: { model: 'demo', models: { demo: { context: 1 } } } },
      {},
      /`models.demo` has no field `context`: its fields are `contextTokens`/,
    ],
    [
      'a price in words',
      { sluice: { model: 'demo', models: { demo: { prices: { input: '1', output: 2 } } } } },
      {},
      /`models.demo.prices.input` must be a number of US dollars/,
    ],
    ['a title by nobody', { model: 'demo', titleModel: 'gpt' }, {}, /`titleModel` must be `none` or `demo`/],
    ['extra models in words', { model: 'demo', extraModels: 'x y' }, {}, /`extraModels` must be a list/],
    [
      'more than fits into a function’s environment',
      {
        sluice: {
          model: 'demo',
          overrides: Array.from({ length: 60 }, (_, n) => ({
            person: `U${n}AAAAAAAA`,
            model: 'openai/gpt-6-sol',
          })),
        },
      },
      {},
      /`overrides` makes the settings too long: .* 4 KB/,
    ],
    ['a misspelt key', { model: 'demo', modle: 'x' }, {}, /no setting `modle`.*Did you mean `model`\?/],
    [
      'a misspelt limit',
      { model: 'demo', 'limits.leaseMS': '1' },
      {},
      /no setting `limits.leaseMS`.*Did you mean `limits.leaseMs`\?/,
    ],
    [
      'a misspelt key in cdk.json',
      { sluice: { model: 'demo', tier: 1 } },
      {},
      /no setting `tier` \(given by `sluice.tier`/,
    ],
    [
      'a misspelt variable',
      { model: 'demo' },
      { SLUICE_MODLE: 'x' },
      /SLUICE_MODLE .*Did you mean SLUICE_MODEL\?/,
    ],
    [
      'a text for a number',
      { model: 'demo', 'limits.leaseMs': 'x' },
      {},
      /`limits.leaseMs` must be a whole number of milliseconds/,
    ],
    [
      'a negative number',
      { model: 'demo', 'limits.leaseMs': '-1' },
      {},
      /`limits.leaseMs` must be at least 0 milliseconds/,
    ],
    [
      'a tier of nothing',
      { model: 'demo', 'tiers.chat.update': '0' },
      {},
      /`tiers.chat.update` must be at least 1 calls per minute/,
    ],
    [
      'no URL',
      { model: 'demo', slackApiUrl: 'slack' },
      {},
      /`slackApiUrl` must be the address of Slack's Web API/,
    ],
    [
      'clear text',
      { model: 'demo', slackApiUrl: 'http://slack.example/' },
      {},
      /`slackApiUrl` must begin with https:\/\//,
    ],
    [
      'a wrong region',
      { model: 'demo', region: 'Frankfurt' },
      {},
      /`region` must be the name of an AWS region/,
    ],
    ['a wrong account', { model: 'demo', account: '12' }, {}, /`account` must be the 12 digits/],
    [
      'a retention CloudWatch lacks',
      { model: 'demo', logRetentionDays: '31' },
      {},
      /`logRetentionDays` must be one of 1, 3, 5/,
    ],
    ['one relay only', { model: 'demo', relayConcurrency: '1' }, {}, /`relayConcurrency` must be at least 2/],
    ['no flag', { model: 'demo', local: 'yes' }, {}, /`local` must be true or false/],
    ['a list for the object', { sluice: [] }, {}, /`sluice` in the context of cdk.json must be an object/],
    ['an object for a limit', { sluice: { model: 'demo', limits: 3 } }, {}, /no setting `limits`/],
  ])('%s', (_, context, env, expected) => {
    const problems = problemsOf(context, env);
    expect(problems.join('\n')).toMatch(expected);
    for (const problem of problems) expect(problem).toMatch(/[.?]$/);
  });

  it('tells all problems at once', () => {
    expect(problemsOf({ model: 'x', region: 'y', nothing: 'z' })).toHaveLength(3);
  });

  it('takes plain HTTP on this machine and on a local stack', () => {
    expect(problemsOf({ model: 'demo', slackApiUrl: 'http://127.0.0.1:9/api' })).toEqual([]);
    expect(problemsOf({ model: 'demo', slackApiUrl: 'http://slack.example/api', local: 'true' })).toEqual([]);
  });
});
