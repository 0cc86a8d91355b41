import { ModelError } from './contract.ts';
import { errorClasses } from './error-classes.ts';

/**
 * The error of an answer that a content filter left nothing of but reasoning (case K-27). The category is the
 * provider's own: Anthropic's stop details (`bio`), else the raw reason (`refusal`, `guardrail_intervened`).
 *
 * @param model as `ModelRequest` names it
 * @param step as the SDK's `StepResult` tells of it
 */
export function contentFiltered(
  model: string,
  step: { rawFinishReason: string | undefined; providerMetadata: unknown },
): ModelError {
  const { retryable, sentence, advice } = errorClasses.content_filter;
  const category = [...categories(step.providerMetadata), step.rawFinishReason].find(
    (word) => word !== undefined && /^[\w.-]{1,60}$/.test(word),
  );
  const named = category ? ` (${category})` : '';
  return new ModelError({
    retryable,
    code: 'content_filter',
    sentence: sentence.replace('this request.', `this request${named}.`),
    adminSentence: `${model} failed with content_filter${named}: it gave no text. ${advice}`,
  });
}

function categories(metadata: unknown): string[] {
  if (typeof metadata !== 'object' || metadata === null) return [];
  return Object.values(metadata).flatMap((provider: unknown) => {
    const details =
      typeof provider === 'object' && provider !== null && 'stopDetails' in provider
        ? provider.stopDetails
        : undefined;
    const category =
      typeof details === 'object' && details !== null && 'category' in details ? details.category : undefined;
    return typeof category === 'string' ? [category] : [];
  });
}
