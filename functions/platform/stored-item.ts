import * as z from 'zod';
import type { Item } from './table.ts';

/**
 * How an item stands in DynamoDB: what expressions, indexes, the relay and the expiry read is an
 * attribute of its own; every list and map is one JSON text, in `nested`. Why: docs/decisions/0010.
 */
const stored = z.looseObject({ pk: z.string(), sk: z.string(), nested: z.string().optional() });

const parts = z.record(z.string(), z.unknown());

/** Throws for an item that uses the name `nested` itself. */
export function toStored(item: Item): Record<string, unknown> {
  if ('nested' in item) throw new Error(`${item.pk} ${item.sk} uses the attribute name "nested".`);
  const entries = Object.entries(item);
  const nested = entries.filter(([, value]) => typeof value === 'object' && value !== null);
  if (nested.length === 0) return item;
  return {
    ...Object.fromEntries(entries.filter(([, value]) => typeof value !== 'object' || value === null)),
    nested: JSON.stringify(Object.fromEntries(nested)),
  };
}

/** Throws for attributes that are no item of ours. */
export function fromStored(attributes: unknown): Item {
  const { nested, ...flat } = stored.parse(attributes);
  return nested === undefined ? flat : { ...flat, ...parts.parse(JSON.parse(nested)) };
}
