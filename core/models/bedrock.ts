import { createAmazonBedrock } from '@ai-sdk/amazon-bedrock';
import type { LanguageModelV4 } from '@ai-sdk/provider';
import { refusePage } from './refuse-page.ts';

/**
 * A model of Amazon Bedrock. Region, credentials and endpoint are the function's own, read from the environment at
 * each call as AWS SDKs read them (AWS_REGION, AWS_ACCESS_KEY_ID and what goes with it, AWS_ENDPOINT_URL or
 * AWS_ENDPOINT_URL_BEDROCK_RUNTIME), so there is no key to keep.
 *
 * @param modelId a model id, inference profile id or ARN
 * @param baseUrl another endpoint of the Bedrock runtime, a VPC endpoint's say
 */
export function createBedrockModel(modelId: string, baseUrl?: string): LanguageModelV4 {
  return createAmazonBedrock({
    fetch: refusePage('bedrock'),
    ...(baseUrl ? { baseURL: baseUrl } : {}),
  })(modelId);
}
