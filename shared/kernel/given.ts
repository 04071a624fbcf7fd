/** An object with one property, or without it where the value is undefined: to be spread into another. */
export function given<K extends string, T>(name: K, value: T | undefined): { readonly [N in K]?: T } {
  const none: { readonly [N in K]?: T } = {};
  return value === undefined ? none : { ...none, [name]: value };
}
