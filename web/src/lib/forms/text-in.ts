/** One text field of a sent form, without blanks around it; line ends as we store them. */
export function textIn(typed: FormData, name: string): string {
  const value = typed.get(name);
  return typeof value === 'string' ? value.replaceAll('\r\n', '\n').trim() : '';
}

/** The values of every field of that name. */
export function textsIn(typed: FormData, name: string): string[] {
  return typed.getAll(name).flatMap((value) => (typeof value === 'string' && value !== '' ? [value] : []));
}
