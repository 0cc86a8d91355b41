import type { z } from 'zod';
import type { Attachment } from '../attachments/attachment.ts';
import type { SlackApi } from '../slack/api.ts';
import type { Requester } from '../turns/record.ts';
import { type InputSchema, inputSchemaOf } from './input-schema.ts';

/**
 * What a tool does to the world: `read` nothing, `internal_write` changes something inside the team,
 * `customer_facing` is seen by others. Approval rules go by it.
 */
export type Effect = 'read' | 'internal_write' | 'customer_facing';

/** What a running tool gets beside its input. */
export interface ToolContext {
  /** The same for every try of one call: pass it on to services that know idempotency keys. */
  idempotencyKey: string;
  /** Aborted when the turn is stopped, the tool's time is over or the run ends. */
  signal: AbortSignal;
  session: { sessionId: string; turnId: string; channel: string; threadTs: string };
  requester: Requester;
  /** The workspace's Web API with the app's own rights. */
  slack: SlackApi;
  /**
   * Adds a file or a chart to the answer: it is stored at once and shown at the answer's end, once, and only if this
   * call comes to a result. The model learns of it by what the tool gives back.
   *
   * @throws Error that says what is wrong with it
   */
  attach: (attachment: Attachment) => Promise<void>;
  /** Epoch milliseconds. */
  now: () => number;
}

/** One line that people read before they approve. */
export interface PreviewLine {
  label: string;
  value: string;
}

export interface ToolDefinition<Input extends z.ZodType> {
  /** Letters, digits and `_`: what the model calls it. */
  name: string;
  /** What people read on the card; the name in words by default. */
  title?: string;
  /** For the model: what it does and when to use it. */
  description: string;
  input: Input;
  effect: Effect;
  /** A repeated run with the same idempotency key does no harm: may be run again when the outcome is unknown. */
  idempotent?: boolean;
  /** Milliseconds, ten minutes at most; one minute by default. */
  timeoutMs?: number;
  /** Lines that people read before they approve; the arguments as they are by default. */
  preview?: (input: z.infer<Input>) => PreviewLine[];
  /** Gets checked input and gives what the model reads: anything JSON can hold. A throw is told to the model. */
  run: (input: z.infer<Input>, context: ToolContext) => Promise<unknown>;
}

/** A tool of any input, as the loop handles it. */
export interface AnyTool {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly input: z.ZodType;
  /** The input as JSON Schema: what the model is told. */
  readonly inputSchema: InputSchema;
  readonly effect: Effect;
  readonly idempotent: boolean;
  readonly timeoutMs: number;
  /** Takes the input as the model gave it, also when it is off. */
  preview(input: unknown): PreviewLine[];
  /** Takes input that `parseInput` gave. */
  run(input: unknown, context: ToolContext): Promise<unknown>;
}

const MAX_TIMEOUT_MS = 600_000;
const DEFAULT_TIMEOUT_MS = 60_000;
/** Names of tools that every agent has. */
const builtIn: readonly string[] = ['read_output'];
const effects: readonly Effect[] = ['read', 'internal_write', 'customer_facing'];
const fields = [
  'name',
  'title',
  'description',
  'input',
  'effect',
  'idempotent',
  'timeoutMs',
  'preview',
  'run',
] as const;

/**
 * Defines a tool: what the model is told of it, what it does to the world and what runs.
 *
 * @throws Error that says what is wrong with the definition
 */
export function defineTool<Input extends z.ZodType>(definition: ToolDefinition<Input>): AnyTool {
  if (builtIn.includes(definition.name))
    throw new Error(
      `Tool \`${definition.name}\`: every agent has a tool of that name already; choose another.`,
    );
  return makeTool(definition);
}

/** As `defineTool`, for the tools that come with the loop. */
export function makeTool<Input extends z.ZodType>(definition: ToolDefinition<Input>): AnyTool {
  checkDefinition(definition);
  const { name, description, input, effect } = definition;
  return Object.freeze({
    name,
    title: definition.title ?? inWords(name),
    description: description.trim(),
    input,
    inputSchema: inputSchemaOf(name, input),
    effect,
    idempotent: definition.idempotent ?? false,
    timeoutMs: definition.timeoutMs ?? DEFAULT_TIMEOUT_MS,
    preview(given: unknown) {
      const parsed = definition.preview && input.safeParse(given);
      return parsed?.success && definition.preview ? definition.preview(parsed.data) : argumentLines(given);
    },
    run: (given: unknown, context: ToolContext) => definition.run(given as z.infer<Input>, context),
  });
}

function checkDefinition(definition: ToolDefinition<z.ZodType>): void {
  const { name, description, effect, timeoutMs } = definition;
  const wrong = (what: string) => new Error(`Tool \`${name}\`: ${what}`);
  if (!/^[a-zA-Z]\w{0,63}$/.test(name))
    throw wrong('its name must begin with a letter and hold letters, digits and `_` only (at most 64).');
  const unknown = Object.keys(definition).find((key) => !fields.some((field) => field === key));
  if (unknown) throw wrong(`there is no field \`${unknown}\`; there are ${fields.join(', ')}.`);
  if (!description?.trim())
    throw wrong('it needs a description: the model decides by it when to use the tool.');
  if (!effects.includes(effect))
    throw wrong(`its effect must be one of ${effects.join(', ')}: approval rules go by it.`);
  if (
    timeoutMs !== undefined &&
    !(Number.isInteger(timeoutMs) && timeoutMs > 0 && timeoutMs <= MAX_TIMEOUT_MS)
  )
    throw wrong(
      `its timeoutMs must be a whole number of milliseconds from 1 to ${MAX_TIMEOUT_MS} (ten minutes).`,
    );
  if (typeof definition.run !== 'function') throw wrong('it needs a function `run`.');
}

/** `post_announcement` and `postAnnouncement` read "Post announcement". */
function inWords(name: string): string {
  const words = name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replaceAll('_', ' ')
    .trim()
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function argumentLines(input: unknown): PreviewLine[] {
  if (typeof input !== 'object' || input === null || Array.isArray(input))
    return [{ label: 'Arguments', value: asText(input) }];
  return Object.entries(input).map(([key, value]) => ({ label: inWords(key), value: asText(value) }));
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}
