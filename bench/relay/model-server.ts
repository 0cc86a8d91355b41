import {
  type CompletionReply,
  type CompletionRequest,
  type CompletionsServer,
  startCompletionsServer,
} from '../../test/support/completions-server.ts';
import { turnName } from './pieces.ts';
import { flowOf, piecesBefore, type SentText } from './source.ts';
import type { TurnScript } from './turn-script.ts';

/** The model of the bench: an OpenAI-compatible server that says what a script says, at its pace. */
export interface BenchModel extends AsyncDisposable {
  baseUrl: string;
  /** Takes a turn's script and gives what a person writes to have it played. */
  add(script: TurnScript): string;
  /** What was sent of a turn so far. */
  sent(turn: number): SentText;
  /** What should not have happened: a step that was asked for twice. */
  violations: readonly string[];
}

const REQUEST = /\bbench turn q(\d\d)\b/;

/** Starts it on loopback. */
export async function startBenchModel(): Promise<BenchModel> {
  const scripts = new Map<number, TurnScript>();
  const sent = new Map<number, SentText>();
  const asked = new Set<string>();
  const violations: string[] = [];
  const server: CompletionsServer = await startCompletionsServer((request) => {
    const place = placeOf(request);
    const script = place && scripts.get(place.turn);
    const step = script?.steps[place?.step ?? 0];
    // Titles are asked for without tools.
    if (!script || !step || !request.body.tools?.length) return { text: 'A turn of the bench' };
    const { turn, step: at } = place;
    if (asked.has(`${turn}/${at}`))
      violations.push(`step ${at} of turn ${turnName(turn)} was asked for twice`);
    asked.add(`${turn}/${at}`);
    const flow = flowOf(step, textOfTurn(sent, turn), piecesBefore(script, at));
    return {
      flow,
      usage: { prompt_tokens: 100, completion_tokens: step.pieces },
      ...(step.calls.length > 0 ? { toolCalls: callsOf(script, at) } : {}),
    } satisfies CompletionReply;
  });
  return {
    baseUrl: server.baseUrl,
    violations,
    add(script) {
      scripts.set(script.turn, script);
      sent.delete(script.turn);
      for (const key of asked) if (key.startsWith(`${script.turn}/`)) asked.delete(key);
      return `bench turn ${turnName(script.turn)}`;
    },
    sent: (turn) => textOfTurn(sent, turn),
    [Symbol.asyncDispose]: () => server.close(),
  };
}

function textOfTurn(all: Map<number, SentText>, turn: number): SentText {
  const known = all.get(turn) ?? { turn, at: [] };
  all.set(turn, known);
  return known;
}

/** Ids as no other step of any turn has them. */
function callsOf({ turn, steps }: TurnScript, step: number): NonNullable<CompletionReply['toolCalls']> {
  return (steps[step]?.calls ?? []).map(({ name, input }, index) => ({
    id: `call_${turnName(turn)}_${step}_${index}`,
    name,
    arguments: input,
  }));
}

/** Which turn a request is of, and which step of it comes: as many as have called tools before it. */
function placeOf({ body: { messages } }: CompletionRequest): { turn: number; step: number } | undefined {
  const at = messages.findLastIndex(({ role, content }) => role === 'user' && REQUEST.test(textOf(content)));
  const turn = REQUEST.exec(textOf(messages[at]?.content))?.[1];
  if (turn === undefined) return undefined;
  return {
    turn: Number(turn),
    step: messages.slice(at).filter((one) => one.tool_calls !== undefined).length,
  };
}

function textOf(content: unknown): string {
  if (typeof content === 'string') return content;
  return Array.isArray(content) ? content.map((part: { text?: string }) => part.text ?? '').join('') : '';
}
