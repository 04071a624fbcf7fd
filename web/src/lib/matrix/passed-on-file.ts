import { refusals } from '#shared/kernel/refusals.ts';

/**
 * The API's file of what the address asks for, for a visitor to keep. A refusal is passed on as it is:
 * a file that is not what was asked for would be worse.
 */
export async function passedOnFile(
  fetch: typeof globalThis.fetch,
  { program, format, search }: { readonly program: string; readonly format: 'csv' | 'json'; readonly search: string },
): Promise<Response> {
  // Anything else in this place would be another address of the API.
  if (!/^[a-z0-9][a-z0-9_-]{0,63}$/.test(program)) return refusal();
  const answer = await fetch(`/api/programs/${program}/partners.${format}${search}`);
  const headers = new Headers({ 'content-type': answer.headers.get('content-type') ?? 'application/octet-stream' });
  if (answer.ok) headers.set('content-disposition', `attachment; filename="${program}-partners.${format}"`);
  return new Response(answer.body, { status: answer.status, headers });
}

function refusal(): Response {
  const { status, sentence } = refusals['not-found'];
  return Response.json({ code: 'not-found', message: sentence }, { status });
}
