import type { Conversation } from './conversation.ts';
import { greeting } from './help.ts';
import { demoRequests } from './requests.ts';
import type { DemoCall, DemoFailure, DemoScript, DemoStep } from './script.ts';

/** What one call of the demo model gives. */
export interface DemoReply {
  thinking?: string;
  text: string;
  calls: DemoCall[];
  failure?: DemoFailure;
  seconds?: number;
  /** Nothing comes for so long first. */
  silentSeconds?: number;
  /** It ends at the length limit. */
  cut?: true;
}

/**
 * Decides what the demo model says next. What a person asks for in one message is done in the order it was asked:
 * all steps first, one per model call, then one answer for everything. Pure: the place in the script is read from
 * the conversation.
 */
export function planReply(conversation: Conversation): DemoReply {
  const scripts = scriptsOf(conversation);
  const steps = scripts.flatMap((script) => script.steps ?? []);
  const done = conversation.steps.length;
  const next: DemoStep | undefined = steps[done];
  const failure = scripts
    .flatMap((script) => script.failure ?? [])
    .find(({ midway }) => (midway ? !next : done === 0));
  const thinking = done === 0 ? scripts.find((script) => script.thinking)?.thinking : undefined;
  const base = {
    ...(failure && conversation.attempt <= failure.untilAttempt ? { failure } : {}),
    ...(thinking && !conversation.said ? { thinking } : {}),
  };
  if (next) return { ...base, text: next.say ?? '', calls: next.calls };
  const whole = answerOf(scripts, conversation);
  const cut = scripts.some((script) => script.half);
  const answer = cut ? whole.slice(0, whole.length / 2) : whole;
  const seconds = scripts.find((script) => script.seconds)?.seconds;
  const silentSeconds = scripts.find((script) => script.silentSeconds)?.silentSeconds;
  const text = rest(answer, conversation.said);
  // The rest of a cut answer keeps the pace of the whole.
  return {
    ...base,
    text,
    calls: [],
    ...(seconds ? { seconds: (seconds * text.length) / answer.length } : {}),
    ...(silentSeconds && !conversation.said ? { silentSeconds } : {}),
    ...(cut ? { cut } : {}),
  };
}

function scriptsOf(conversation: Conversation): DemoScript[] {
  const found = demoRequests
    .map((request) => ({ request, match: request.pattern.exec(conversation.request) }))
    .flatMap(({ request, match }) => (match ? [{ request, match }] : []))
    .sort((one, other) => one.match.index - other.match.index);
  const alone = found.find(({ request }) => request.alone);
  return (alone ? [alone] : found).map(({ request, match }) => request.script(match, conversation));
}

function answerOf(scripts: readonly DemoScript[], { steps }: Conversation): string {
  let from = 0;
  const answers = scripts.flatMap((script) => {
    const own = steps.slice(from, from + (script.steps?.length ?? 0));
    from += own.length;
    return script.answer ? [script.answer(own)] : [];
  });
  return answers.join('\n\n') || greeting;
}

/** A cut answer goes on where it stopped. */
function rest(answer: string, said: string): string {
  return answer.startsWith(said) ? answer.slice(said.length) : answer;
}
