/**
 * What a form says that was sent and got no answer of ours. Only an answer has a status: without one
 * nobody was reached.
 */
export function lostSentence({ status, error }: { status?: number; error: { readonly message: string } }): string {
  const what = status === undefined ? 'We could not reach the server.' : error.message;
  return `${what} What you typed is still here; try again.`;
}
