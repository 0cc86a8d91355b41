import { type SlackApi, SlackCallError, type SlackFailure, type ToolContext } from '../../core/index.ts';

type Answer = Record<string, unknown> | SlackFailure;
export type SlackScript = Record<string, Answer | ((args: Record<string, unknown>) => Answer)>;

/** A Web API that answers by method; a failure is thrown, an unscripted method is `unknown_method`. */
export function fakeSlack(script: SlackScript) {
  const calls: { method: string; args: Record<string, unknown> }[] = [];
  const slack: SlackApi = {
    async call<T>(method: string, args: Record<string, unknown>) {
      calls.push({ method, args });
      const scripted = script[method] ?? refusal('unknown_method');
      const answer = typeof scripted === 'function' ? scripted(args) : scripted;
      if (isFailure(answer)) throw new SlackCallError(method, answer);
      return answer as T;
    },
  };
  return { slack, calls };
}

export function refusal(code: string): SlackFailure {
  return { kind: 'platform', code, messages: [] };
}

function isFailure(answer: Answer): answer is SlackFailure {
  return 'kind' in answer && typeof answer.kind === 'string';
}

export function toolContext(slack: SlackApi): ToolContext {
  return {
    idempotencyKey: 't1.c1',
    signal: new AbortController().signal,
    session: { sessionId: 's1', turnId: 't1', channel: 'C1', threadTs: '1762430000.000100' },
    requester: { userId: 'U1', teamId: 'T1' },
    slack,
    attach: async () => {},
    now: () => Date.parse('2026-11-06T12:34:00Z'),
  };
}
