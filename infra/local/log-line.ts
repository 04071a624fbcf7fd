/** One line of JSON on standard error, for what an operator of this machine should see. */
export function logLine(part: string, message: string, details: Readonly<Record<string, unknown>> = {}): void {
  process.stderr.write(`${JSON.stringify({ part, message, ...details })}\n`);
}

/** A defect in a form that fits one line; the stack helps to find it. */
export function defectOf(error: unknown): { readonly error: string; readonly stack?: string } {
  if (!(error instanceof Error)) return { error: String(error) };
  return error.stack === undefined ? { error: error.message } : { error: error.message, stack: error.stack };
}
