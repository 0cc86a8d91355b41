import type { JsonObject } from '../../local/slack/json.ts';
import type { Received, Reply, Scene } from '../simulator/support.ts';

/** An interaction as Slack sends it: the JSON in the form field `payload`; undefined for anything else. */
export function payloadOf({ path, body }: Received): JsonObject | undefined {
  const payload = path === '/interactions' ? new URLSearchParams(body).get('payload') : null;
  return payload === null ? undefined : (JSON.parse(payload) as JsonObject);
}

/** The interactions of one type that the app was sent so far. */
export const interactions = ({ received }: Pick<Scene, 'received'>, type: string): JsonObject[] =>
  received.map(payloadOf).filter((payload): payload is JsonObject => payload?.type === type);

/** What an app does about an interaction: a JSON answer, a whole answer, or nothing, which is an empty 200. */
export type Behaviour = (payload: JsonObject) => Reply | { json: JsonObject } | undefined;

/** Makes the app of a scene behave; whatever else it is sent is answered by an empty 200. */
export function behave({ reply }: Pick<Scene, 'reply'>, behaviour: Behaviour): void {
  reply((request) => {
    const payload = payloadOf(request);
    const answer = payload && behaviour(payload);
    if (answer === undefined) return { status: 200 };
    if (typeof answer === 'string' || 'status' in answer) return answer;
    const headers = { 'content-type': 'application/json' };
    return { status: 200, headers, body: JSON.stringify(answer.json) };
  });
}

/** The action that a `block_actions` payload is about; empty for other payloads. */
export function actionOf(payload: JsonObject): JsonObject {
  const [action] = Array.isArray(payload.actions) ? payload.actions : [];
  return typeof action === 'object' && action !== null && !Array.isArray(action) ? action : {};
}
