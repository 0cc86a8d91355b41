import type { App } from '../store/types.ts';

export type Prompt = { title: string; message: string };

/**
 * What one may ask an app to begin with: the suggested prompts of its manifest (§10), else for help.
 *
 * @param mention whether it must be named: in a DM it is meant anyway
 */
export function promptsOf(
  { name, suggestedPrompts }: Pick<App, 'name' | 'suggestedPrompts'>,
  mention: boolean,
): Prompt[] {
  const named = (words: string): string => (mention ? `@${name} ${words}` : words);
  if (suggestedPrompts.length === 0) return [{ title: named('help'), message: named('help') }];
  return suggestedPrompts.map(({ title, message }) => ({ title, message: named(message) }));
}
