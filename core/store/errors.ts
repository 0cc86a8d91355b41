/** A single write whose condition did not hold; `item` is what stands there instead, if anything does. */
export class ConditionFailedError extends Error {
  override readonly name = 'ConditionFailedError';
  readonly item: Record<string, unknown> | undefined;
  constructor(item: Record<string, unknown> | undefined) {
    super('The record changed meanwhile: the condition of the write did not hold.');
    this.item = item;
  }
}

/** Why one action of a refused transaction failed; `code` is `None` for actions that would have gone through. */
export interface RefusedAction {
  code: string;
  item?: Record<string, unknown>;
}

/** A transaction that was refused by a condition; nothing of it was written. */
export class TransactionRefusedError extends Error {
  override readonly name = 'TransactionRefusedError';
  readonly actions: readonly RefusedAction[];
  constructor(actions: readonly RefusedAction[]) {
    super(`The transaction was refused: ${actions.map((a) => a.code).join(', ')}.`);
    this.actions = actions;
  }
  /** True if the n-th action's condition did not hold; a mere collision with another write is no answer. */
  failedAt(index: number): boolean {
    return this.actions[index]?.code === 'ConditionalCheckFailed';
  }
}
