import type { DeliveryRecord } from '../events/delivery-log.ts';
import { momentTs } from '../ids.ts';
import { type JsonObject, wire } from '../json.ts';
import type { Simulator } from '../simulator.ts';
import { ActError } from './act-error.ts';
import { acted } from './acted.ts';
import { findElement, type Placed } from './elements.ts';
import type { Values } from './input-values.ts';
import { inMessage, interactionContext, userOf } from './payload.ts';
import { type Input, readInput } from './read-input.ts';
import { messageOf } from './who.ts';

/** An element of a message. */
export type MessageElement = {
  user: string;
  channel: string;
  ts: string;
  action_id: string;
  block_id?: string | undefined;
};

export type ClickRequest = MessageElement &
  Input & {
    /** Values laid over what is remembered of the message's inputs, by block and action. */
    state?: JsonObject | undefined;
  };

/** Acts on an element of a message as a person: sends `block_actions` as in §5 and waits for the app's answer. */
export async function click(sim: Simulator, request: ClickRequest): Promise<DeliveryRecord> {
  const { user, channel: _channel, ts: _ts, action_id, block_id, state, ...input } = request;
  const { channel, person, message, app, installation } = messageOf(sim, request);
  const placed = elementOf(message.blocks, action_id, block_id);
  requireActsAtOnce(placed);
  const offered = sim.offered.of(user, message.ts, placed);
  const moment = { user, actionTs: momentTs(sim.clock.now()) };
  const { action, value } = acted({ sim, offered }, placed, input, moment);
  if (value) sim.messageInputs.set(user, message, placed, value);
  const values = { ...sim.messageInputs.of(user, message), ...state };
  const path = sim.responseUrls.create('actions', { installation, channel, message, user });
  const payload = {
    type: 'block_actions',
    user: userOf(person),
    api_app_id: app.id,
    ...interactionContext(sim, app, installation),
    ...inMessage(sim, channel, message),
    trigger_id: sim.triggers.create(app.id, person.id, { channel: channel.id }),
    state: { values },
    response_url: sim.url + path,
    actions: [action],
  };
  return sim.deliverer.interaction(app, 'block_actions', wire(payload));
}

/** Enters a value in a message without telling the app: it goes along with the next click (§5 state.values). */
export function enterInMessage(sim: Simulator, request: MessageElement & Input): { values: Values } {
  const { user, channel: _channel, ts: _ts, action_id, block_id, ...input } = request;
  const { message } = messageOf(sim, request);
  const placed = elementOf(message.blocks, action_id, block_id);
  const offered = sim.offered.of(user, message.ts, placed);
  const value = readInput({ sim, offered }, placed, input);
  return { values: sim.messageInputs.set(user, message, placed, value) };
}

/** The element that is meant. @throws ActError */
export function elementOf(blocks: JsonObject[], actionId: string, blockId: string | undefined): Placed {
  const placed = findElement(blocks, actionId, blockId);
  if (!placed) throw new ActError(`no element ${actionId} here`);
  return placed;
}

/** Inputs of a form tell nobody unless their block says `dispatch_action` (§4). @throws ActError */
export function requireActsAtOnce({ input, actionId }: Placed): void {
  if (input && input.dispatch_action !== true) {
    throw new ActError(`${actionId} is an input without dispatch_action: it sends nothing by itself`);
  }
}
