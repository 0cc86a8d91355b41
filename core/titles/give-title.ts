import type { Log } from '../log.ts';
import type { CallModel } from '../models/contract.ts';
import type { ModelChoice } from '../models/model-choice.ts';
import { redact } from '../redact.ts';
import { ConditionFailedError } from '../store/errors.ts';
import { keys } from '../store/keys.ts';
import type { Store } from '../store/store.ts';
import { headOf } from '../text.ts';
import type { TurnRecord, TurnUsage } from '../turns/record.ts';
import { cleanTitle, TITLE_REQUEST, titleOfPost } from './title-text.ts';

export interface TitleDeps {
  store: Store;
  callModel: CallModel;
  log: Log;
}

export interface TitleRequest {
  turn: TurnRecord;
  /** The session's first post. */
  text: string;
  model: ModelChoice;
  signal: AbortSignal;
}

/** What came of it: the title where it became the session's, and what the model used. */
export interface GivenTitle {
  title?: string;
  usage?: TurnUsage;
}

const READ_CHARS = 1_000;

/**
 * Gives a session its title (capability 54), beside the turn and never in its way: a title that came from a person
 * meanwhile stays (case K-35), a model that fails or answers something else gives way to the post's own first words
 * (case K-34). Only the title is written; the relay tells Slack.
 *
 * @throws nothing but what the store throws
 */
export async function giveTitle(deps: TitleDeps, request: TitleRequest): Promise<GivenTitle> {
  const asked = await askModel(deps, request);
  const title = (asked.text === undefined ? undefined : cleanTitle(asked.text)) ?? titleOfPost(request.text);
  const usage = asked.usage ? { usage: asked.usage } : {};
  if (!title || request.signal.aborted || !(await storeTitle(deps, request.turn, title))) return usage;
  return { title, ...usage };
}

async function askModel(
  { callModel, log }: TitleDeps,
  { turn, text, model, signal }: TitleRequest,
): Promise<{ text?: string; usage?: TurnUsage }> {
  if (!text.trim()) return {};
  try {
    return await callModel(
      {
        ...model,
        instructions: TITLE_REQUEST,
        messages: [{ role: 'user', content: headOf(text, READ_CHARS) }],
        tools: [],
        signal,
        turnId: turn.turnId,
        step: turn.step,
        attempt: 1,
      },
      () => {},
    );
  } catch (error) {
    log.info('no title from the model', { turnId: turn.turnId, error: redact(String(error), 200) });
    return {};
  }
}

/** The session's version goes up with it: whoever writes the whole record reads it again first. */
async function storeTitle({ store }: TitleDeps, { sessionId }: TurnRecord, title: string): Promise<boolean> {
  try {
    await store.update({
      key: keys.session(sessionId),
      set: { title, titleBy: 'model' },
      add: { version: 1 },
      condition: { expression: 'attribute_exists(#pk) AND attribute_not_exists(#title)' },
    });
    return true;
  } catch (error) {
    if (error instanceof ConditionFailedError) return false;
    throw error;
  }
}
