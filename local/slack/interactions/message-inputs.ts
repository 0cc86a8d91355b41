import type { JsonObject } from '../json.ts';
import type { Message } from '../world/types.ts';
import { keptValues, type Values, withValue } from './input-values.ts';

/** What each person has entered in the inputs of messages: Slack sends it along as `state.values` (§5). */
export class MessageInputs {
  readonly #values = new Map<string, Values>();

  /** The values that a person sees in a message now. */
  of(user: string, message: Message): Values {
    return keptValues(this.#values.get(key(user, message)) ?? {}, message.blocks, message.channel);
  }

  set(user: string, message: Message, at: { blockId: string; actionId: string }, value: JsonObject): Values {
    const values = withValue(this.of(user, message), at.blockId, at.actionId, value);
    this.#values.set(key(user, message), values);
    return values;
  }

  clear(): void {
    this.#values.clear();
  }
}

function key(user: string, message: Message): string {
  return `${user}/${message.channel}/${message.ts}`;
}
