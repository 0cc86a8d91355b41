import { isObject, parseJson } from '../json.ts';
import type { Simulator } from '../simulator.ts';
import type { App } from '../world/types.ts';
import { deliverRaw } from './deliver.ts';
import * as schemas from './schemas.ts';
import type { RawAnswer } from './types.ts';

/** Sends `url_verification` to an app's events URL, or to the one given: good is 200 with the challenge (§6). */
export async function verifyUrl(
  sim: Simulator,
  app: App,
  url?: string,
): Promise<Partial<RawAnswer> & { verified: boolean }> {
  const challenge = crypto.randomUUID();
  const payload = { token: app.verificationToken, challenge, type: 'url_verification' };
  const given = schemas.deliver.parse({ target: 'events', payload, ...(url === undefined ? {} : { url }) });
  const [answer] = await deliverRaw(sim, app, given);
  return { ...answer, verified: answer?.status === 200 && echoed(answer.answer) === challenge };
}

/** The challenge in an answer: as JSON or as it stands. */
function echoed(answer: string | null): unknown {
  try {
    const value: unknown = parseJson(answer ?? '');
    return isObject(value) ? value.challenge : undefined;
  } catch {
    return answer;
  }
}
