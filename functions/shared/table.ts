import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { createStore, type Store } from '../../core/store/store.ts';
import { runtime } from './runtime.ts';

/** The store over the deployed table. Optional fields that are undefined are left out of what is written. */
export function createTable(table: string): Store {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient({}), {
    marshallOptions: { removeUndefinedValues: true },
  });
  return createStore(client, table, runtime);
}
