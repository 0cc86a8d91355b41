import type { WakeMessage } from '../../core/relay/wakes/wake.ts';

/** What we need of an SQS event. */
export interface QueueEvent {
  Records: { messageId: string; body: string }[];
}

/**
 * The wake in a queue event. The mapping's batch size is 1, so that one turn's trouble is no other's.
 *
 * @throws Error when there is not exactly one message, or it is no wake: after its tries it ends in the dead-letter queue
 */
export function wakeOf({ Records }: QueueEvent): WakeMessage {
  const [record, ...more] = Records;
  if (!record || more.length > 0)
    throw new Error(`Expected one wake, got ${Records.length}: set the batch size to 1.`);
  const message = JSON.parse(record.body) as WakeMessage;
  if (message.v !== 1 || typeof message.kind !== 'string')
    throw new Error(`Message ${record.messageId} is no wake.`);
  return message;
}

/** What the log may say of a wake: no token and no text. */
export function wakeIds(event: QueueEvent): Record<string, unknown> {
  const message = wakeOf(event);
  const ids = { messageId: event.Records[0]?.messageId, wake: message.kind };
  switch (message.kind) {
    case 'pause':
      return { ...ids, turnId: message.turnId, pauseId: message.pauseId };
    case 'notice':
      return { ...ids, appId: message.appId, installationId: message.installationId };
    default:
      return { ...ids, turnId: message.turnId };
  }
}
