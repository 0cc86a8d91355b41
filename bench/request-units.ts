import type { AwsRequest } from './aws-meter.ts';

/** DynamoDB's billing of one request: write and read request units, rounded up as AWS does. */
export interface Units {
  write: number;
  read: number;
}

const kilobytes = (value: unknown, size: number): number =>
  Math.max(1, Math.ceil(Buffer.byteLength(JSON.stringify(value ?? '')) / (size * 1024)));

/**
 * Units of a request by what passed. A put is billed by its item. An update is billed by the whole item, which the
 * request does not show: it counts with the size of what it sets, so the figure is a lower bound for items over
 * 1 KB. A consistent read is billed by 4 KB of what it found, an index's by 8 KB; sizes are those of the wire's
 * JSON, which is a little longer than what AWS counts.
 */
export function requestUnits({ operation, body, answer }: AwsRequest): Units {
  switch (operation) {
    case 'DynamoDB.GetItem':
    case 'DynamoDB.Query':
      return {
        write: 0,
        read: kilobytes(answer.Item ?? answer.Items, 4) * (body.ConsistentRead === true ? 1 : 0.5),
      };
    case 'DynamoDB.PutItem':
      return { write: kilobytes(body.Item, 1), read: 0 };
    case 'DynamoDB.UpdateItem':
      return { write: kilobytes(body.ExpressionAttributeValues, 1), read: 0 };
    case 'DynamoDB.TransactWriteItems': {
      const items = Array.isArray(body.TransactItems) ? body.TransactItems : [];
      return { write: items.reduce((sum: number, item) => sum + 2 * kilobytes(item, 1), 0), read: 0 };
    }
    default:
      return { write: 0, read: 0 };
  }
}

/** Units of many requests together. */
export function unitsOf(requests: readonly AwsRequest[]): Units {
  return requests
    .map(requestUnits)
    .reduce((sum, units) => ({ write: sum.write + units.write, read: sum.read + units.read }), {
      write: 0,
      read: 0,
    });
}
