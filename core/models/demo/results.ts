import type { AnsweredCall } from './script.ts';

type Json = { [key: string]: unknown };

/** A call's result for people: what came back, or truthfully that nothing did. */
export function describeResult({ tool, input, output }: AnsweredCall): string {
  if (!output) return 'no result';
  switch (output.type) {
    case 'text':
      return output.value;
    case 'error-text':
      return `it failed: ${output.value}`;
    case 'execution-denied':
      return denialText(output.reason ?? 'it was denied');
    case 'json':
      return describeJson(tool, input, asObject(output.value));
    default:
      return 'an answer that I cannot read';
  }
}

/** A denial with the person's reason repeated, without the words around it that are for models. */
function denialText(told: string): string {
  return told.replace(/ Their reason, [^"]*: ("(?:[^"\\]|\\.)*")$/, (_, quoted: string) => {
    return ` Their reason: “${String(JSON.parse(quoted))}”`;
  });
}

/** The fields of a result that is an object; empty for every other result. */
export function fieldsOf({ output }: AnsweredCall): Json {
  return output?.type === 'json' ? asObject(output.value) : {};
}

function asObject(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : { value };
}

function describeJson(tool: string, input: Json, value: Json): string {
  if (tool === 'current_time') return `${String(value.local)} (${String(value.timeZone)})`;
  if (tool === 'calculate') return `${String(input.expression)} = ${String(value.result)}`;
  if (tool === 'read_thread') {
    const count = Array.isArray(value.messages) ? value.messages.length : 0;
    return `${count} ${count === 1 ? 'message' : 'messages'}`;
  }
  return JSON.stringify(value);
}
