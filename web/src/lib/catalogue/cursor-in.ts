/** Where a list goes on, as the address says; an empty word is the same as none. */
export function cursorIn(url: URL): { after?: string } {
  const after = url.searchParams.get('after') ?? '';
  return after === '' ? {} : { after };
}
