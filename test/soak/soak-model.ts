import type { CompletionReply, CompletionRequest, CompletionScript } from '../support/completions-server.ts';
import { randomFrom } from './random.ts';
import { answerOf, callName, planOf, type TurnPlan } from './turn-plan.ts';

/** How a model call fails. */
const modelFaults = [
  '429 with Retry-After',
  '500',
  '503 with a web page',
  'reset before anything',
  'reset in the middle',
  'error in the middle',
  'silence',
  'no end',
] as const;

export type ModelFault = (typeof modelFaults)[number];

export interface SoakModel {
  script: CompletionScript;
  /** How often each fault was injected. */
  injected: Map<ModelFault, number>;
  /** What was wrong with requests: calls without a result, results twice, posts twice. */
  violations: string[];
}

/** Faults in a row at one step: fewer than the loop's attempts, so a turn fails by other things. */
const MOST_FAULTS = 3;

/**
 * A model that does what the last request's plan says, reads its place in it from the messages, and fails as the
 * seed has it. It looks at every request: what a provider would refuse is a violation.
 *
 * @param share of the model calls that fail
 * @param mostDelayMs between two words, where a call is slow
 */
export function createSoakModel(seed: number, share: number, mostDelayMs: number): SoakModel {
  const injected = new Map<ModelFault, number>();
  const violations: string[] = [];
  const visits = new Map<string, number>();

  const script: CompletionScript = (request) => {
    const found = place(request);
    if (!found) return { text: 'I know only what soaks ask for.' };
    const { plan, step } = found;
    violations.push(...wrongsOf(request).map((wrong) => `turn ${plan.id}, step ${step}: ${wrong}`));
    const name = `${plan.id}/${step}`;
    const visit = (visits.get(name) ?? 0) + 1;
    visits.set(name, visit);
    const random = randomFrom(seed, 'model', name, visit);
    const delayMs = random.chance(0.5) ? random.between(1, mostDelayMs) : 0;
    const reply = { ...replyOf(plan, step), delayMs };
    if (visit > MOST_FAULTS || !random.chance(share)) return reply;
    const fault = random.pick(modelFaults);
    injected.set(fault, (injected.get(fault) ?? 0) + 1);
    return failing(fault, reply);
  };
  return { script, injected, violations };
}

type Message = CompletionRequest['body']['messages'][number];

const isRequest = (message: Message): boolean =>
  message.role === 'user' && planOf(textOf(message)) !== undefined;

function place({ body: { messages } }: CompletionRequest): { plan: TurnPlan; step: number } | undefined {
  const at = messages.findLastIndex(isRequest);
  const plan = planOf(textOf(messages[at]));
  return (
    plan && { plan, step: messages.slice(at).filter((message) => message.tool_calls !== undefined).length }
  );
}

function replyOf({ id, steps }: TurnPlan, step: number): CompletionReply {
  const tools = steps[step];
  const usage = { prompt_tokens: 100, completion_tokens: 20 };
  if (!tools) return { text: answerOf(id).split(/(?<= )/), usage };
  return {
    text: ['Step ', `${step + 1} `, `of ${id}. `],
    // The same ids in every step, as some servers have it.
    toolCalls: tools.map((name, index) => ({
      id: `call_${index}`,
      name,
      arguments: { call: callName(id, step, index) },
    })),
    usage,
  };
}

function failing(fault: ModelFault, { text = [], ...reply }: CompletionReply): CompletionReply {
  const pace = { delayMs: reply.delayMs ?? 0 };
  const half = text.slice(0, Math.ceil(text.length / 2));
  const error = { message: 'The soak broke this.', type: 'server_error' };
  switch (fault) {
    case '429 with Retry-After':
      return { status: 429, headers: { 'retry-after': '1' }, error: { message: 'Slow down.' } };
    case '500':
      return { status: 500, error };
    case '503 with a web page':
      return { status: 503, page: '<html><body><h1>503 Service Unavailable</h1></body></html>' };
    case 'reset before anything':
      return { cut: 'at once' };
    case 'reset in the middle':
      return { ...pace, text: half, cut: true };
    case 'error in the middle':
      return { ...pace, text: half, error };
    case 'silence':
      return { text: half, hold: new Promise(() => {}) };
    case 'no end':
      return { ...reply, text: half, finishReason: null };
  }
}

/** What a provider would refuse, or a person would not have said. */
function wrongsOf({ body: { messages } }: CompletionRequest): string[] {
  const wrongs: string[] = [];
  let open = new Set<string>();
  for (const message of messages) {
    if (message.role !== 'tool' && open.size > 0) {
      wrongs.push(`no result for ${[...open].join()}`);
      open = new Set();
    }
    if (Array.isArray(message.tool_calls))
      for (const { id } of message.tool_calls as { id: string }[]) {
        if (open.has(id)) wrongs.push(`two calls ${id} in one step`);
        open.add(id);
      }
    if (message.role === 'tool' && !open.delete(message.tool_call_id ?? ''))
      wrongs.push(`a result for ${message.tool_call_id} that was not asked for`);
  }
  if (open.size > 0) wrongs.push(`no result for ${[...open].join()} at the end`);
  const asked = messages.filter(isRequest).map((message) => planOf(textOf(message))?.id);
  if (new Set(asked).size < asked.length) wrongs.push(`posts stand twice: ${asked.join()}`);
  return wrongs;
}

function textOf(message: Message | undefined): string {
  const { content } = message ?? {};
  if (typeof content === 'string') return content;
  return Array.isArray(content) ? content.map((part: { text?: string }) => part.text ?? '').join('') : '';
}
