/** What a page asked of the API while it was rendered, without the call that reads whose session it is. */
export interface Asked {
  calls: number;
  /** Capacity units of the table, the session's own left out. */
  read: number;
  write: number;
}

export function nothingAsked(): Asked {
  return { calls: 0, read: 0, write: 0 };
}

/** Adds one answer of the API, by its header `x-capacity`. */
export function countAnswer(asked: Asked, path: string, capacity: string | null): void {
  if (path === '/api/session') return;
  const [, read = '0', write = '0'] = /^read=([\d.]+) write=([\d.]+)/.exec(capacity ?? '') ?? [];
  asked.calls += 1;
  asked.read += Number(read);
  asked.write += Number(write);
}

/** For the page's own header `x-capacity`, which tests and whoever measures read: sent only where `SHOW_CAPACITY` is set. */
export function askedWords({ calls, read, write }: Asked): string {
  return `read=${read} write=${write} calls=${calls}`;
}
