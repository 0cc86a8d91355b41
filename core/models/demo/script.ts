import type { LanguageModelV4ToolResultOutput } from '@ai-sdk/provider';
import type { Conversation } from './conversation.ts';

/** A tool call that a script asks for. */
export interface DemoCall {
  tool: string;
  input: Record<string, unknown>;
}

/** A call that was answered, as far as it was. */
export interface AnsweredCall extends DemoCall {
  output: LanguageModelV4ToolResultOutput | undefined;
}

/** One step before the answer: what is said and the tools asked for, all at once. */
export interface DemoStep {
  say?: string;
  calls: DemoCall[];
}

/** How a model call fails. */
export interface DemoFailure {
  /** Attempts up to this one fail; later ones answer. */
  untilAttempt: number;
  status: number;
  message: string;
  /** When the provider wants to be asked again, as a header of its answer. */
  retryAfterSeconds?: number;
  /** It is the answer that fails, not the first call, and half of it is streamed first. */
  midway?: boolean;
}

/** What the demo model does about one request. The steps come first, one model call each, then the answer. */
export interface DemoScript {
  thinking?: string;
  steps?: DemoStep[];
  /** Gets the answered calls of this script's steps. */
  answer?: (steps: AnsweredCall[][]) => string;
  failure?: DemoFailure;
  /** How long the answer takes to stream, whatever the model's pace. */
  seconds?: number;
  /** For how long nothing comes before the answer. */
  silentSeconds?: number;
  /** Only the first half of the answer comes, as at a model's length limit. */
  half?: boolean;
}

/** One entry of the demo model's table: how to ask for it, what it shows, and what it does. */
export interface DemoRequest {
  /** How a person asks for it. */
  ask: string;
  /** What can be seen then, for people. */
  shows: string;
  /** Found anywhere in what the person wrote. */
  pattern: RegExp;
  /** Nothing else in the same message counts. */
  alone?: boolean;
  script(match: RegExpMatchArray, conversation: Conversation): DemoScript;
}
