import { setTimeout as sleep } from 'node:timers/promises';
import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  TransactionCanceledException,
  TransactionConflictException,
  type ConsumedCapacity,
} from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  BatchWriteCommand,
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
  UpdateCommand,
  type TransactWriteCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { charge } from './capacity.ts';
import { readConfig, tableConfig } from './config.ts';
import { fromStored, toStored } from './stored-item.ts';
import {
  keysOf,
  type Change,
  type Guard,
  type Item,
  type Key,
  type Selected,
  type Selection,
  type Table,
  type Written,
} from './table.ts';

/** What DynamoDB takes in one batch of reads. */
const keysAtOnce = 100;

/** Attempts of a transaction that met another one; the waits add up to about two seconds. */
const attempts = 8;

/** What DynamoDB takes in one call, and how many calls of a bulk load are under way at a time. */
const batch = 25;
const lanes = 4;

interface Expression {
  readonly ConditionExpression?: string;
  readonly ExpressionAttributeNames?: Record<string, string>;
  readonly ExpressionAttributeValues?: Record<string, unknown>;
}

function conditionOf(guard: Guard | undefined): Expression {
  if (guard === undefined) return {};
  if (guard === 'absent') return { ConditionExpression: 'attribute_not_exists(pk)' };
  if (guard === 'present') return { ConditionExpression: 'attribute_exists(pk)' };
  const wanted = 'version' in guard ? { version: guard.version } : guard.equals;
  const names = Object.keys(wanted);
  return {
    ConditionExpression: names.map((_, index) => `#g${index} = :g${index}`).join(' AND '),
    ExpressionAttributeNames: Object.fromEntries(names.map((name, index) => [`#g${index}`, name])),
    ExpressionAttributeValues: Object.fromEntries(names.map((name, index) => [`:g${index}`, wanted[name]])),
  };
}

type TransactItem = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

function updateOf(name: string, change: Extract<Change, { kind: 'add' }>) {
  const added = Object.entries(change.amounts);
  const set = Object.entries(change.set ?? {});
  const names: Record<string, string> = {};
  const values: Record<string, unknown> = {};
  for (const [index, [attribute, amount]] of added.entries()) {
    names[`#a${index}`] = attribute;
    values[`:a${index}`] = amount;
  }
  for (const [index, [attribute, value]] of set.entries()) {
    names[`#s${index}`] = attribute;
    values[`:s${index}`] = value;
  }
  const parts = [
    ...(added.length === 0 ? [] : [`ADD ${added.map((_, index) => `#a${index} :a${index}`).join(', ')}`]),
    ...(set.length === 0 ? [] : [`SET ${set.map((_, index) => `#s${index} = :s${index}`).join(', ')}`]),
  ];
  if (change.below !== undefined) {
    names['#below'] = change.below.attribute;
    values[':below'] = change.below.limit;
  }
  return {
    TableName: name,
    Key: change.key,
    UpdateExpression: parts.join(' '),
    ExpressionAttributeNames: names,
    ExpressionAttributeValues: values,
    ...(change.below === undefined ? {} : { ConditionExpression: 'attribute_not_exists(#below) OR #below < :below' }),
  };
}

function transactItem(name: string, change: Change): TransactItem {
  switch (change.kind) {
    case 'put':
      return { Put: { TableName: name, Item: toStored(change.item), ...conditionOf(change.guard) } };
    case 'remove':
      return { Delete: { TableName: name, Key: change.key, ...conditionOf(change.guard) } };
    case 'check':
      return {
        ConditionCheck: { TableName: name, Key: change.key, ConditionExpression: '', ...conditionOf(change.guard) },
      };
    case 'add':
      return { Update: updateOf(name, change) };
  }
}

function chargeAll(
  call: string,
  kind: 'read' | 'write',
  given: ConsumedCapacity | readonly ConsumedCapacity[] | undefined,
): void {
  const list: readonly ConsumedCapacity[] = given === undefined ? [] : Array.isArray(given) ? given : [given];
  charge(
    call,
    kind,
    list.reduce((sum, one) => sum + (one.CapacityUnits ?? 0), 0),
  );
}

/** The table on DynamoDB, or on any engine that speaks its protocol. */
export class DynamoTable implements Table {
  readonly #client: DynamoDBDocumentClient;
  readonly #name: string;

  constructor(client: DynamoDBClient, name: string) {
    this.#client = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
    this.#name = name;
  }

  async get(key: Key, options: { readonly consistent?: boolean } = {}): Promise<Item | undefined> {
    const answer = await this.#client.send(
      new GetCommand({
        TableName: this.#name,
        Key: { pk: key.pk, sk: key.sk },
        ConsistentRead: options.consistent ?? false,
        ReturnConsumedCapacity: 'TOTAL',
      }),
    );
    chargeAll('get', 'read', answer.ConsumedCapacity);
    return answer.Item === undefined ? undefined : fromStored(answer.Item);
  }

  async getAll(
    keys: readonly Key[],
    options: { readonly consistent?: boolean } = {},
  ): Promise<readonly (Item | undefined)[]> {
    if (keys.length === 0) return [];
    const found = new Map<string, Item>();
    const distinct = [...new Map(keys.map((key) => [`${key.pk}\n${key.sk}`, { pk: key.pk, sk: key.sk }])).values()];
    for (let from = 0; from < distinct.length; from += keysAtOnce) {
      let wanted: Record<string, unknown>[] = distinct.slice(from, from + keysAtOnce);
      for (let attempt = 0; wanted.length > 0; attempt += 1) {
        if (attempt > 0) await backOff(attempt);
        const answer = await this.#client.send(
          new BatchGetCommand({
            RequestItems: { [this.#name]: { Keys: wanted, ConsistentRead: options.consistent ?? false } },
            ReturnConsumedCapacity: 'TOTAL',
          }),
        );
        chargeAll('getAll', 'read', answer.ConsumedCapacity);
        for (const one of answer.Responses?.[this.#name] ?? []) {
          const parsed = fromStored(one);
          found.set(`${parsed.pk}\n${parsed.sk}`, parsed);
        }
        wanted = answer.UnprocessedKeys?.[this.#name]?.Keys ?? [];
      }
    }
    return keys.map((key) => found.get(`${key.pk}\n${key.sk}`));
  }

  async select(selection: Selection): Promise<Selected> {
    const [first, second] = keysOf(selection.index);
    const range = selection.range;
    const values: Record<string, unknown> = { ':p': selection.partition };
    let condition = '#p = :p';
    if (range !== undefined && 'prefix' in range) {
      condition += ' AND begins_with(#s, :s)';
      values[':s'] = range.prefix;
    } else if (range !== undefined) {
      condition += ' AND #s BETWEEN :from AND :to';
      values[':from'] = range.from;
      values[':to'] = range.to;
    }
    const answer = await this.#client.send(
      new QueryCommand({
        TableName: this.#name,
        ...(selection.index === undefined ? {} : { IndexName: selection.index }),
        KeyConditionExpression: condition,
        ExpressionAttributeNames: { '#p': first, ...(range === undefined ? {} : { '#s': second }) },
        ExpressionAttributeValues: values,
        ScanIndexForward: !(selection.newestFirst ?? false),
        ...(selection.limit === undefined ? {} : { Limit: selection.limit }),
        ...(selection.after === undefined ? {} : { ExclusiveStartKey: selection.after }),
        ConsistentRead: selection.consistent ?? false,
        ReturnConsumedCapacity: 'TOTAL',
      }),
    );
    chargeAll('select', 'read', answer.ConsumedCapacity);
    return {
      items: (answer.Items ?? []).map(fromStored),
      ...(answer.LastEvaluatedKey === undefined ? {} : { last: fromStored(answer.LastEvaluatedKey) }),
    };
  }

  async write(changes: readonly Change[]): Promise<Written> {
    const [only] = changes;
    if (only === undefined) return { ok: true };
    return changes.length === 1 && only.kind !== 'check' ? this.#writeOne(only) : this.#transact(changes);
  }

  async load(items: readonly Item[]): Promise<void> {
    let next = 0;
    const lane = async (): Promise<void> => {
      for (let from = next; from < items.length; from = next) {
        next = from + batch;
        await this.#loadBatch(items.slice(from, next));
      }
    };
    await Promise.all(Array.from({ length: lanes }, lane));
  }

  async #loadBatch(items: readonly Item[]): Promise<void> {
    let wanted: Record<string, unknown>[] = items.map(toStored);
    for (let attempt = 0; wanted.length > 0; attempt += 1) {
      if (attempt > 0) await backOff(attempt);
      const requests = wanted.map((one) => ({ PutRequest: { Item: one } }));
      const answer = await this.#client.send(
        new BatchWriteCommand({ RequestItems: { [this.#name]: requests }, ReturnConsumedCapacity: 'TOTAL' }),
      );
      chargeAll('load', 'write', answer.ConsumedCapacity);
      wanted = (answer.UnprocessedItems?.[this.#name] ?? []).flatMap((one) =>
        one.PutRequest?.Item === undefined ? [] : [one.PutRequest.Item],
      );
    }
  }

  async #writeOne(change: Exclude<Change, { kind: 'check' }>): Promise<Written> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        chargeAll(change.kind, 'write', await this.#sendOne(change));
        return { ok: true };
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return { ok: false, failed: [0] };
        // A transaction holds the item; the client tries throttling again, but not this.
        if (!(error instanceof TransactionConflictException) || attempt >= attempts) throw error;
        await backOff(attempt);
      }
    }
  }

  async #sendOne(change: Exclude<Change, { kind: 'check' }>): Promise<ConsumedCapacity | undefined> {
    const common = { TableName: this.#name, ReturnConsumedCapacity: 'TOTAL' as const };
    switch (change.kind) {
      case 'put': {
        const command = new PutCommand({ ...common, Item: toStored(change.item), ...conditionOf(change.guard) });
        return (await this.#client.send(command)).ConsumedCapacity;
      }
      case 'remove': {
        const command = new DeleteCommand({ ...common, Key: change.key, ...conditionOf(change.guard) });
        return (await this.#client.send(command)).ConsumedCapacity;
      }
      case 'add': {
        const command = new UpdateCommand({ ...common, ...updateOf(this.#name, change) });
        return (await this.#client.send(command)).ConsumedCapacity;
      }
    }
  }

  async #transact(changes: readonly Change[]): Promise<Written> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        const answer = await this.#client.send(
          new TransactWriteCommand({
            TransactItems: changes.map((change) => transactItem(this.#name, change)),
            ReturnConsumedCapacity: 'TOTAL',
          }),
        );
        chargeAll('transact', 'write', answer.ConsumedCapacity);
        return { ok: true };
      } catch (error) {
        if (!(error instanceof TransactionCanceledException)) throw error;
        const reasons = error.CancellationReasons ?? [];
        const failed = reasons.flatMap((reason, index) => (reason.Code === 'ConditionalCheckFailed' ? [index] : []));
        if (failed.length > 0) return { ok: false, failed };
        const passing = reasons.some((reason) =>
          ['TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded'].includes(reason.Code ?? ''),
        );
        if (!passing || attempt >= attempts) throw error;
        await backOff(attempt);
      }
    }
  }
}

/** Full jitter: writers that met once do not meet again at the same moment. */
async function backOff(attempt: number): Promise<void> {
  await sleep(Math.random() * Math.min(1000, 10 * 2 ** attempt));
}

let shared: Table | undefined;

/** The table of this deployment; one client for as long as the function stays warm. */
export function theTable(): Table {
  if (shared === undefined) {
    const config = readConfig(tableConfig);
    const client = new DynamoDBClient({
      maxAttempts: 5,
      ...(config.DYNAMODB_ENDPOINT === undefined ? {} : { endpoint: config.DYNAMODB_ENDPOINT }),
    });
    shared = new DynamoTable(client, config.TABLE_NAME);
  }
  return shared;
}
