import { AwsClient } from 'aws4fetch';
import * as z from 'zod';
import { charge } from './capacity.ts';
import { awsCredentials, readConfig, tableConfig } from './config.ts';
import { fromStored } from './stored-item.ts';
import type { Item, Items, Key } from './table.ts';

/** An attribute of ours is a text, a number or a truth: lists and maps stand in one text. */
const attribute = z.union([
  z.strictObject({ S: z.string() }).transform((one) => one.S),
  z.strictObject({ N: z.string() }).transform((one) => Number(one.N)),
  z.strictObject({ BOOL: z.boolean() }).transform((one) => one.BOOL),
]);

const found = z.object({
  Item: z.record(z.string(), attribute).optional(),
  ConsumedCapacity: z.object({ CapacityUnits: z.number() }).optional(),
});

/**
 * Reads single items without the AWS SDK, which would be half of a function that does nothing else with the table.
 * A call that met a fault is made again by the client; what still fails throws.
 */
class ItemReader implements Items {
  readonly #client: AwsClient;
  readonly #address: string;
  readonly #table: string;

  constructor() {
    const { region, ...keys } = awsCredentials();
    const config = readConfig(tableConfig);
    this.#client = new AwsClient({ ...keys, region, service: 'dynamodb', retries: 4 });
    this.#address = config.DYNAMODB_ENDPOINT ?? `https://dynamodb.${region}.amazonaws.com/`;
    this.#table = config.TABLE_NAME;
  }

  async get(
    { pk, sk }: Key,
    { consistent = false }: { readonly consistent?: boolean } = {},
  ): Promise<Item | undefined> {
    const answer = await this.#client.fetch(this.#address, {
      method: 'POST',
      headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'DynamoDB_20120810.GetItem' },
      body: JSON.stringify({
        TableName: this.#table,
        Key: { pk: { S: pk }, sk: { S: sk } },
        ConsistentRead: consistent,
        ReturnConsumedCapacity: 'TOTAL',
      }),
    });
    if (!answer.ok) throw new Error(`${pk} ${sk} could not be read: ${answer.status} ${await answer.text()}`);
    const { Item, ConsumedCapacity } = found.parse(await answer.json());
    charge('get', 'read', ConsumedCapacity?.CapacityUnits ?? 0);
    return Item === undefined ? undefined : fromStored(Item);
  }
}

let shared: ItemReader | undefined;

/** Single items of the table of this deployment. */
export function theItems(): Items {
  shared ??= new ItemReader();
  return shared;
}
