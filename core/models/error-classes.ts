/** What an error of a class means to the people it meets. */
export interface ErrorClass {
  retryable: boolean;
  /** For people in the thread: what happened and, where the turn ends by it, what they can do. */
  sentence: string;
  /** For whoever runs the deployment: what to do about it. */
  advice: string;
  /** Adds what the provider said to the sentence: an administrator who reads the thread needs it. */
  quote?: true;
}

/**
 * The classes of failed model calls. docs/model-errors.md is made of this table (`npm run docs:errors`); which error
 * belongs to which class is decided in error-rules.ts; a silence is found by the turn's guard, an empty answer by whoever
 * judges answers.
 */
export const errorClasses = {
  overloaded: {
    retryable: true,
    sentence: 'The model is overloaded.',
    advice:
      'Nothing is wrong on our side. If it lasts, look at the provider’s status page or set another model.',
  },
  rate_limit: {
    retryable: true,
    sentence: 'The model’s rate limit is reached.',
    advice:
      'The account sends more requests or tokens than the provider allows per minute or day. Ask the provider for a higher limit or spread the load over several models.',
  },
  server: {
    retryable: true,
    sentence: 'The model’s provider had an error.',
    advice: 'Nothing is wrong on our side. If it lasts, give the request id to the provider’s support.',
  },
  network: {
    retryable: true,
    sentence: 'The connection to the model broke.',
    advice:
      'If it lasts, check that the function reaches the provider: its VPC, NAT, proxy and security groups.',
  },
  silence: {
    retryable: true,
    sentence: 'The model sent nothing for a long time.',
    advice:
      'The provider kept the connection open without sending a part of the answer. If it lasts, look at its status page; the limit is `silenceMs`.',
  },
  empty_completion: {
    retryable: true,
    sentence: 'The model gave an empty answer.',
    advice:
      'The provider called an answer complete that holds neither text nor tool calls; three of them end the turn. If it keeps doing so, set another model.',
  },
  quota: {
    retryable: false,
    sentence:
      'The model’s quota is used up. An administrator has to check the plan and billing of its provider.',
    advice: 'Add credit or raise the spending limit at the provider; waiting alone does not help.',
  },
  auth: {
    retryable: false,
    sentence:
      'The model’s provider refused our credentials. An administrator has to check its key or permissions.',
    advice:
      'Check the provider’s key in the secret, or for Bedrock the function’s permissions and the model’s access in this account and region.',
  },
  blocked: {
    retryable: false,
    sentence:
      'The model’s provider does not let us in from here. An administrator has to check the way to it.',
    advice:
      'The refusal comes from a firewall, a proxy or a rule about countries, not from the key. Check the addresses the function calls from and what the provider allows.',
  },
  disabled: {
    retryable: false,
    sentence: 'The model’s provider has disabled our account. An administrator has to settle it there.',
    advice: 'The account or organization is disabled at the provider. Only its support can enable it again.',
  },
  context: {
    retryable: false,
    sentence: 'This conversation has become longer than the model can read. Start a new thread to go on.',
    advice:
      'The request was larger than the model’s context or the account’s limit per request. Lower `compactAtPercent` or set a model with a larger context.',
  },
  content_filter: {
    retryable: false,
    sentence: 'The model’s content filter refused this request. Put it in other words to try again.',
    advice:
      'The provider’s filter or a guardrail of yours refused the conversation. If that was wrong, change the filter’s settings at the provider.',
  },
  model: {
    retryable: false,
    sentence: 'The model is not available. An administrator has to check its name, region and access.',
    advice:
      'Check the model’s name, that it exists in this region, and that the account has access to it; some models of Bedrock are called by an inference profile’s id only.',
    quote: true,
  },
  config: {
    retryable: false,
    sentence:
      'The connection to the model’s provider is not set up right. An administrator has to check its address and settings.',
    advice:
      'Check the provider’s address (`baseUrls`: host, port and path), its certificate, and that settings like the region are there.',
    quote: true,
  },
  unknown: {
    retryable: false,
    sentence: 'The model refused the request. Put it in other words, or tell an administrator.',
    advice:
      'No rule knows this error. What the provider said tells which part of the request it did not like.',
    quote: true,
  },
} as const satisfies Record<string, ErrorClass>;

export type ErrorCode = keyof typeof errorClasses;
