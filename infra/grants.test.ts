import { Stack } from 'aws-cdk-lib';
import { expect, test } from 'vitest';
import { callBedrock } from './grants.ts';

const account = '123456789012';
const region = 'eu-central-1';
const bedrock = `arn:aws:bedrock:${region}:${account}`;
const foundation = 'arn:aws:bedrock:*::foundation-model';

test.each<[string, string[]]>([
  ['amazon.nova-lite-v1:0', [`arn:aws:bedrock:${region}::foundation-model/amazon.nova-lite-v1:0`]],
  ['eu.anthropic.m', [`${bedrock}:inference-profile/eu.anthropic.m`, `${foundation}/anthropic.m`]],
  [
    `${bedrock}:inference-profile/us-gov.anthropic.m`,
    [`${bedrock}:inference-profile/us-gov.anthropic.m`, `${foundation}/anthropic.m`],
  ],
  [
    `${bedrock}:application-inference-profile/a1b2`,
    [`${bedrock}:application-inference-profile/a1b2`, `${foundation}/*`],
  ],
  [
    `arn:aws:bedrock:${region}::foundation-model/meta.m`,
    [`arn:aws:bedrock:${region}::foundation-model/meta.m`],
  ],
  [`${bedrock}:provisioned-model/p1`, [`${bedrock}:provisioned-model/p1`]],
])('%s', (modelId, expected) => {
  expect(resourcesFor([modelId])).toEqual(expected);
});

test('several models, each resource once', () => {
  expect(resourcesFor(['eu.anthropic.m', 'global.anthropic.m'])).toEqual([
    `${bedrock}:inference-profile/eu.anthropic.m`,
    `${foundation}/anthropic.m`,
    `${bedrock}:inference-profile/global.anthropic.m`,
  ]);
});

function resourcesFor(modelIds: string[]): string[] {
  const stack = new Stack(undefined, 'S', { env: { account, region } });
  const { statement } = callBedrock(stack, modelIds);
  return statement.resources.map((arn) => arn.replace(/\$\{Token\[AWS\.Partition[^}]*\]\}/, 'aws'));
}
