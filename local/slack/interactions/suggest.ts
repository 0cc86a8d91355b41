import { validateOptions } from '../blocks/validate-options.ts';
import type { DeliveryRecord } from '../events/delivery-log.ts';
import { isObject, type JsonObject, parseJson, wire } from '../json.ts';
import type { Simulator } from '../simulator.ts';
import { appOf, viewOf } from '../views/act.ts';
import { viewObject } from '../views/view-object.ts';
import type { App, Installation, Message } from '../world/types.ts';
import { ActError } from './act-error.ts';
import { elementOf } from './click.ts';
import type { Placed } from './elements.ts';
import { inMessage, interactionContext, userOf } from './payload.ts';
import { messageOf, personOf } from './who.ts';

export type SuggestRequest = {
  user: string;
  action_id: string;
  block_id?: string | undefined;
  /** What the person has typed. */
  value: string;
  channel?: string | undefined;
  ts?: string | undefined;
  view_id?: string | undefined;
};

export type Suggested = {
  options?: JsonObject[];
  option_groups?: JsonObject[];
  /** What went wrong, as a sentence. */
  error: string | null;
  /** Null where nothing was sent. */
  delivery: DeliveryRecord | null;
};

/** Slack asks for options only from so many characters on; the documented default. */
const DEFAULT_MIN_QUERY = 3;

/** Asks the app for the options of an external select: `block_suggestion` to its options URL (§5). */
export async function suggest(sim: Simulator, request: SuggestRequest): Promise<Suggested> {
  const { user, value } = request;
  const place = request.view_id === undefined ? inMessageOf(sim, request) : inViewOf(sim, request);
  const { placed, app, installation, where, id } = place;
  if (!placed.type.endsWith('external_select')) throw new ActError(`a ${placed.type} has its own options`);
  if (value.length < Number(placed.element.min_query_length ?? DEFAULT_MIN_QUERY))
    return { options: [], error: null, delivery: null };
  const payload = {
    type: 'block_suggestion',
    user: userOf(personOf(sim, user)),
    api_app_id: app.id,
    ...interactionContext(sim, app, installation),
    action_id: placed.actionId,
    block_id: placed.blockId,
    value,
    ...where,
  };
  const delivery = await sim.deliverer.interaction(app, 'block_suggestion', wire(payload), {
    url: app.optionsUrl,
  });
  const read = readOptions(delivery);
  sim.offered.add(user, id, placed, [
    ...(read.options ?? []),
    ...(read.option_groups ?? []).flatMap((group) => (group.options as JsonObject[] | undefined) ?? []),
  ]);
  return { ...read, delivery };
}

type Place = { placed: Placed; app: App; installation: Installation; where: JsonObject; id: string };

function inViewOf(sim: Simulator, { user, view_id, action_id, block_id }: SuggestRequest): Place {
  const view = viewOf(sim, user, view_id);
  return {
    placed: elementOf(view.blocks, action_id, block_id),
    app: appOf(sim, view),
    installation: view.installation,
    where: { container: { type: 'view', view_id: view.id }, view: viewObject(view, { values: true }) },
    id: view.id,
  };
}

function inMessageOf(sim: Simulator, { user, channel, ts, action_id, block_id }: SuggestRequest): Place {
  if (channel === undefined || ts === undefined) throw new ActError('give channel and ts, or view_id');
  const found = messageOf(sim, { user, channel, ts });
  const message: Message = found.message;
  return {
    placed: elementOf(message.blocks, action_id, block_id),
    app: found.app,
    installation: found.installation,
    where: inMessage(sim, found.channel, message),
    id: message.ts,
  };
}

/** The app's answer: `{options}` or `{option_groups}`, at most 100 of them (§3.2 external selects, §5). */
function readOptions(delivery: DeliveryRecord): Omit<Suggested, 'delivery'> {
  const attempt = delivery.attempts.at(-1);
  if (delivery.state === 'no_url') return failed('the app has no URL for options');
  if (delivery.state !== 'acknowledged' || !attempt) {
    const late = attempt?.failure === 'http_timeout';
    return failed(
      late ? 'the app did not answer in time' : `the app could not be asked: ${attempt?.failure}`,
    );
  }
  const given = parse(attempt.answer ?? '');
  if (!given) return failed('the answer is no JSON object with options or option_groups');
  const [fault] = validateOptions(given);
  if (fault) return failed(`the answer is refused: ${fault.message} at ${fault.pointer || '/'}`);
  return given.options
    ? { options: given.options as JsonObject[], error: null }
    : { option_groups: given.option_groups as JsonObject[], error: null };
}

function failed(error: string): Omit<Suggested, 'delivery'> {
  return { options: [], error };
}

function parse(text: string): JsonObject | undefined {
  try {
    const value: unknown = parseJson(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
