/** The value as JSON can hold it: no `undefined`, no class instances. */
export function plainJson(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value ?? null));
}
