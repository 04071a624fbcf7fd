/** What a form's fields hold, by name; a name may occur more than once. Files are left out. */
export type TypedValues = Readonly<Record<string, readonly string[]>>;

export function typedValues(data: FormData): TypedValues {
  const values: Record<string, string[]> = {};
  for (const [name, value] of data) {
    if (typeof value === 'string') (values[name] ??= []).push(value);
  }
  return values;
}
