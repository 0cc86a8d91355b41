import { redact } from '../redact.ts';
import type { CallOutcome } from '../turns/record.ts';
import type { AnyTool, ToolContext } from './define-tool.ts';
import { jsonValue } from './json-value.ts';
import { parseInput } from './parse-input.ts';

/** A tool that was told to end gets this long to say what it has done after all. */
const GRACE_MS = 500;

class ToolTimeout extends Error {}

/**
 * Runs one tool: checks its input, gives it its time and an abort signal, and makes text for the model of whatever
 * goes wrong. The result is whole, however long. Never throws. A tool that was ended early (its time was over, or
 * `context.signal` was aborted) and does not read only leaves an unknown effect behind; the outcome says so and why
 * it was ended.
 *
 * @param input as the model gave it
 */
export async function runTool(tool: AnyTool, input: unknown, context: ToolContext): Promise<CallOutcome> {
  const parsed = parseInput(tool, input);
  if (!parsed.ok) return { kind: 'error', text: parsed.text };
  if (context.signal.aborted) return notStarted(tool, context.signal.reason);
  const controller = new AbortController();
  const forward = () => controller.abort(context.signal.reason);
  context.signal.addEventListener('abort', forward, { once: true });
  const timer = setTimeout(() => controller.abort(new ToolTimeout()), tool.timeoutMs);
  const { signal } = controller;
  let grace: NodeJS.Timeout | undefined;
  const abandoned = new Promise<never>((_resolve, reject) => {
    const wait = () => {
      grace = setTimeout(() => reject(signal.reason), GRACE_MS);
    };
    signal.addEventListener('abort', wait, { once: true });
  });
  try {
    const work = Promise.resolve().then(() => tool.run(parsed.value, { ...context, signal }));
    return told(tool, await Promise.race([work, abandoned]));
  } catch (error) {
    if (signal.aborted) return endedEarly(tool, signal.reason);
    return { kind: 'error', text: `${tool.name} failed: ${messageOf(error)}` };
  } finally {
    clearTimeout(timer);
    clearTimeout(grace);
    context.signal.removeEventListener('abort', forward);
  }
}

/** A result that cannot be told is no failure of what the tool did, and the model must not take it for one. */
function told(tool: AnyTool, result: unknown): CallOutcome {
  try {
    return { kind: 'output', value: jsonValue(result) };
  } catch (error) {
    return {
      kind: 'error',
      text: `${tool.name} ran, but its result cannot be told: it ${messageOf(error)}.`,
    };
  }
}

function notStarted(tool: AnyTool, reason: unknown): CallOutcome {
  return { kind: 'error', text: `${tool.name} was not started: ${messageOf(reason)}` };
}

function endedEarly(tool: AnyTool, reason: unknown): CallOutcome {
  const why =
    reason instanceof ToolTimeout
      ? `it took longer than ${tool.timeoutMs / 1000} seconds.`
      : messageOf(reason);
  const effect =
    tool.effect === 'read' ? '' : ' Whether it had its effect is unknown: check before you repeat it.';
  return { kind: 'error', text: `${tool.name} did not finish: ${why}${effect}` };
}

function messageOf(error: unknown): string {
  const text = error instanceof Error ? error.message || error.name : String(error);
  return redact(text, 1_000);
}
