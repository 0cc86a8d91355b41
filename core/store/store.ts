import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import {
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { type ConflictTools, withConflictRetry } from './conflicts.ts';
import { ConditionFailedError, TransactionRefusedError } from './errors.ts';
import type { Key } from './keys.ts';

type Attributes = Record<string, unknown>;
/** A whole item: a record of a known type, or a literal. */
type Item = (Key & object) | (Key & Attributes);

/**
 * A condition in DynamoDB's expression language. Every attribute is written `#name`, every value `:name` with
 * its value in `values`; names are derived from the text, so reserved words need no thought.
 */
export interface Condition {
  expression: string;
  values?: Attributes;
}

export interface Update {
  key: Key;
  set?: Attributes;
  /** Attributes to remove. */
  remove?: readonly string[];
  /** Numbers to add; an absent attribute counts as 0. */
  add?: Record<string, number>;
  condition?: Condition;
}

export type Action =
  | { put: Item; condition?: Condition }
  | { update: Update }
  | { delete: Key; condition?: Condition }
  | { check: Key; condition: Condition };

export interface Query {
  pk: string;
  /** Sort key prefix. */
  prefix?: string;
  /** Sort keys from here on, inclusive. Together with `to`, or alone with `prefix`'s upper end. */
  from?: string;
  to?: string;
  limit?: number;
  reverse?: boolean;
}

export interface Store {
  /** Strongly consistent read of one item. */
  get<T>(key: Key): Promise<T | undefined>;
  /** Strongly consistent read of a range, in key order; pages are joined up to `limit`. */
  query<T>(query: Query): Promise<T[]>;
  /** Eventually consistent read of an index partition up to and including `to`; `reverse` gives the last first. */
  queryIndex<T>(
    index: 'gsi1' | 'gsi2' | 'gsi3',
    pk: string,
    to?: string,
    limit?: number,
    reverse?: boolean,
  ): Promise<T[]>;
  /** @throws ConditionFailedError with the item that stood in the way */
  put(item: Item, condition?: Condition): Promise<void>;
  /** @returns the whole item after the update @throws ConditionFailedError */
  update<T>(update: Update): Promise<T>;
  /** All or nothing, at most 100 actions. @throws TransactionRefusedError when a condition did not hold */
  transact(actions: readonly Action[]): Promise<void>;
}

/** The item must not exist yet. */
export const absent: Condition = { expression: 'attribute_not_exists(#pk)' };

function namesOf(...texts: (string | undefined)[]): Record<string, string> | undefined {
  const names: Record<string, string> = {};
  for (const text of texts)
    for (const [token] of (text ?? '').matchAll(/#\w+/g)) names[token] = token.slice(1);
  return Object.keys(names).length > 0 ? names : undefined;
}

function conditionParams(condition: Condition | undefined) {
  if (!condition) return {};
  const names = namesOf(condition.expression);
  return {
    ConditionExpression: condition.expression,
    ...(names ? { ExpressionAttributeNames: names } : {}),
    ...(condition.values ? { ExpressionAttributeValues: condition.values } : {}),
  };
}

function updateParams({ key, set = {}, remove = [], add = {}, condition }: Update) {
  const values: Attributes = { ...condition?.values };
  const parts: string[] = [];
  const assign = (prefix: string, entries: [string, unknown][]) =>
    entries.map(([name, value]) => {
      values[`:${prefix}_${name}`] = value;
      return prefix === 'set' ? `#${name} = :${prefix}_${name}` : `#${name} :${prefix}_${name}`;
    });
  const sets = assign(
    'set',
    Object.entries(set).filter(([, value]) => value !== undefined),
  );
  const adds = assign('add', Object.entries(add));
  if (sets.length > 0) parts.push(`SET ${sets.join(', ')}`);
  if (remove.length > 0) parts.push(`REMOVE ${remove.map((name) => `#${name}`).join(', ')}`);
  if (adds.length > 0) parts.push(`ADD ${adds.join(', ')}`);
  const expression = parts.join(' ');
  const names = namesOf(expression, condition?.expression);
  return {
    Key: { pk: key.pk, sk: key.sk },
    UpdateExpression: expression,
    ...(condition ? { ConditionExpression: condition.expression } : {}),
    ...(names ? { ExpressionAttributeNames: names } : {}),
    ...(Object.keys(values).length > 0 ? { ExpressionAttributeValues: values } : {}),
  };
}

/** The losing write's error carries the winner's item in DynamoDB's wire form. */
function refusal(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const raw = (item: unknown) => (item ? unmarshall(item as never) : undefined);
  if (error.name === 'ConditionalCheckFailedException')
    return new ConditionFailedError(raw((error as { Item?: unknown }).Item));
  if (error.name !== 'TransactionCanceledException') return error;
  const reasons = (error as { CancellationReasons?: { Code?: string; Item?: unknown }[] })
    .CancellationReasons;
  if (!reasons?.some((reason) => reason.Code === 'ConditionalCheckFailed')) return error;
  return new TransactionRefusedError(
    reasons.map((reason) => {
      const item = raw(reason.Item);
      return { code: reason.Code ?? 'None', ...(item ? { item } : {}) };
    }),
  );
}

/** The one wrapper around the table: consistent reads, conditions that name the winner, conflicts tried again. */
export function createStore(client: DynamoDBDocumentClient, table: string, tools: ConflictTools): Store {
  const TableName = table;
  const onFailure = { ReturnValuesOnConditionCheckFailure: 'ALL_OLD' } as const;
  const write = async <T>(send: () => Promise<T>): Promise<T> => {
    try {
      return await withConflictRetry(send, tools);
    } catch (error) {
      throw refusal(error);
    }
  };

  async function readPages<T>(
    input: ConstructorParameters<typeof QueryCommand>[0],
    limit?: number,
  ): Promise<T[]> {
    const items: T[] = [];
    let start: Attributes | undefined;
    do {
      const page = await client.send(
        new QueryCommand({
          ...input,
          ...(limit ? { Limit: limit - items.length } : {}),
          ...(start ? { ExclusiveStartKey: start } : {}),
        }),
      );
      items.push(...((page.Items ?? []) as T[]));
      start = page.LastEvaluatedKey;
    } while (start && (!limit || items.length < limit));
    return items;
  }

  return {
    async get<T>(key: Key) {
      const { Item } = await client.send(
        new GetCommand({ TableName, Key: { ...key }, ConsistentRead: true }),
      );
      return Item as T | undefined;
    },
    query<T>({ pk, prefix, from, to, limit, reverse }: Query) {
      // U+FFFF sorts behind every key of ours: a prefix is a range, so that `from` can narrow it.
      const low = from ?? prefix ?? '';
      const high = to ?? `${prefix ?? ''}\uffff`;
      return readPages<T>(
        {
          TableName,
          ConsistentRead: true,
          KeyConditionExpression: low ? '#pk = :pk AND #sk BETWEEN :low AND :high' : '#pk = :pk',
          ExpressionAttributeNames: low ? { '#pk': 'pk', '#sk': 'sk' } : { '#pk': 'pk' },
          ExpressionAttributeValues: low ? { ':pk': pk, ':low': low, ':high': high } : { ':pk': pk },
          ...(reverse ? { ScanIndexForward: false } : {}),
        },
        limit,
      );
    },
    queryIndex<T>(
      index: 'gsi1' | 'gsi2' | 'gsi3',
      pk: string,
      to?: string,
      limit?: number,
      reverse?: boolean,
    ) {
      return readPages<T>(
        {
          TableName,
          IndexName: index,
          KeyConditionExpression: to ? `#${index}pk = :pk AND #${index}sk <= :to` : `#${index}pk = :pk`,
          ExpressionAttributeNames: {
            [`#${index}pk`]: `${index}pk`,
            ...(to ? { [`#${index}sk`]: `${index}sk` } : {}),
          },
          ExpressionAttributeValues: { ':pk': pk, ...(to ? { ':to': to } : {}) },
          ...(reverse ? { ScanIndexForward: false } : {}),
        },
        limit,
      );
    },
    async put(item, condition) {
      await write(() =>
        client.send(
          new PutCommand({
            TableName,
            Item: item,
            ...conditionParams(condition),
            ...(condition ? onFailure : {}),
          }),
        ),
      );
    },
    async update<T>(update: Update) {
      const { Attributes: after } = await write(() =>
        client.send(
          new UpdateCommand({
            TableName,
            ...updateParams(update),
            ReturnValues: 'ALL_NEW',
            ...(update.condition ? onFailure : {}),
          }),
        ),
      );
      return after as T;
    },
    async transact(actions) {
      const TransactItems = actions.map((action) => {
        if ('put' in action)
          return { Put: { TableName, Item: action.put, ...conditionParams(action.condition), ...onFailure } };
        if ('update' in action)
          return { Update: { TableName, ...updateParams(action.update), ...onFailure } };
        if ('delete' in action)
          return {
            Delete: {
              TableName,
              Key: { ...action.delete },
              ...conditionParams(action.condition),
              ...onFailure,
            },
          };
        return {
          ConditionCheck: {
            TableName,
            Key: { ...action.check },
            ...conditionParams(action.condition),
            ConditionExpression: action.condition.expression,
            ...onFailure,
          },
        };
      });
      await write(() => client.send(new TransactWriteCommand({ TransactItems })));
    },
  };
}
