import type { SuggestedPrompt } from './world/types.ts';

/** Prompts that an app offers in a DM (§10.2 setSuggestedPrompts); its manifest's stand where it set none. */
export type OfferedPrompts = { app: string; title: string; prompts: SuggestedPrompt[] };

/** By channel. */
export type Prompts = Map<string, OfferedPrompts>;
