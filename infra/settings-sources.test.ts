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
    ['SLUICE_LOCAL', 'true', { local: true }],
    ['SLUICE_MODEL', '', { model: 'demo' }],
    ['SLUICE_LOCAL_PORT', '4567', {}],
  ])('reads %s=%s', (name, value, expected) => {
    expect(readSettings({ sluice: { model: 'demo' } }, { [name]: value })).toMatchObject(expected);
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
      /`modelBaseUrl` is missing: .*-c modelBaseUrl=https:/,
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
