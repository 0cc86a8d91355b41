/** How hard a model is to think, where it can be told. */
export const efforts = ['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max'] as const;
export type ReasoningEffort = (typeof efforts)[number];

/** Which model answers, and how hard it thinks. */
export interface ModelChoice {
  /** `demo`, `bedrock/<id>`, `anthropic/<id>`, `openai/<id>`, `openai-compatible/<id>`. */
  model: string;
  effort?: ReasoningEffort;
}
