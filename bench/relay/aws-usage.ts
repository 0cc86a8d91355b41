import type { AwsRequest } from '../aws-meter.ts';
import { unitsOf } from '../request-units.ts';

type Passed = Pick<AwsRequest, 'operation' | 'body'>;

/** What the functions asked AWS for, and how long wakes took. */
export class AwsUsage {
  readonly operations = new Map<string, number>();
  /** Wakes that were sent, by kind. */
  readonly wakes = new Map<string, number>();
  /** When a relay took hold of a turn, or tried to, epoch milliseconds. */
  readonly visits: { turnId: string; at: number }[] = [];
  /** From when a wake was due until a relay came to its turn, milliseconds. */
  readonly wakeLatencies: number[] = [];
  units = { write: 0, read: 0 };
  readonly #due: { turnId: string; at: number }[] = [];

  add(requests: readonly AwsRequest[]): void {
    const { write, read } = unitsOf(requests);
    this.units = { write: this.units.write + write, read: this.units.read + read };
    for (const request of [...requests].sort((one, other) => one.at - other.at)) {
      count(this.operations, request.operation);
      const wake = wakeOf(request);
      if (wake) {
        count(this.wakes, wake.kind);
        if (wake.turnId) this.#due.push({ turnId: wake.turnId, at: request.at + wake.delayMs });
      }
      const turnId = visitOf(request);
      if (turnId) this.#visit(turnId, request.at);
    }
  }

  /** Requests of DynamoDB, all together. */
  get dynamoDb(): number {
    return [...this.operations].reduce(
      (sum, [operation, times]) => sum + (operation.startsWith('DynamoDB.') ? times : 0),
      0,
    );
  }

  #visit(turnId: string, at: number): void {
    this.visits.push({ turnId, at });
    const due = this.#due.findIndex((one) => one.turnId === turnId && one.at <= at);
    const [wake] = due < 0 ? [] : this.#due.splice(due, 1);
    if (wake) this.wakeLatencies.push(at - wake.at);
  }
}

export function count(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

interface SentWake {
  kind: string;
  turnId?: string;
  delayMs: number;
}

function wakeOf({ operation, body }: Passed): SentWake | undefined {
  if (operation !== 'SQS.SendMessage') return undefined;
  const { kind, turnId } = JSON.parse(String(body.MessageBody)) as { kind: string; turnId?: string };
  return { kind, ...(turnId ? { turnId } : {}), delayMs: Number(body.DelaySeconds ?? 0) * 1_000 };
}

/** The turn whose lease a relay asks for. */
function visitOf(request: Passed): string | undefined {
  const { condition, turnId } = ofRelay(request) ?? {};
  return condition?.includes('attribute_not_exists(#leaseUntil)') ? turnId : undefined;
}

/** The turn for which a relay is about to call Slack: it has just marked the call. */
export function markedCallOf(request: Passed): string | undefined {
  const { change, turnId } = ofRelay(request) ?? {};
  const set = /\bSET\b(.*?)(\bREMOVE\b|\bADD\b|$)/s.exec(change ?? '')?.[1];
  return set?.includes('#inFlight') ? turnId : undefined;
}

function ofRelay({ operation, body }: Passed) {
  if (operation !== 'DynamoDB.UpdateItem') return undefined;
  const { pk, sk } = body.Key as { pk: { S: string }; sk: { S: string } };
  if (sk.S !== 'SLACK') return undefined;
  return {
    turnId: pk.S.slice('TURN#'.length),
    change: String(body.UpdateExpression),
    condition: String(body.ConditionExpression),
  };
}
