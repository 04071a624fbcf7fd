import type { IncomingMessage, ServerResponse } from 'node:http';

/** Part of a request that cannot be answered, with the status and the sentence to give. */
export class RequestRefusal extends Error {
  override readonly name = 'RequestRefusal';
  readonly status: number;

  constructor(status: number, sentence: string) {
    super(sentence);
    this.status = status;
  }
}

/** The whole body; throws RequestRefusal 413 when it is longer than `limit` bytes. */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    length += bytes.length;
    if (length > limit) throw new RequestRefusal(413, `A request may carry at most ${limit} bytes.`);
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

export function answerJson(response: ServerResponse, status: number, value: unknown): void {
  answer(response, status, 'application/json; charset=utf-8', JSON.stringify(value));
}

export function answerText(response: ServerResponse, status: number, sentence: string): void {
  answer(response, status, 'text/plain; charset=utf-8', `${sentence}\n`);
}

/** An answer that no cache keeps and no browser guesses the type of. */
export function answer(
  response: ServerResponse,
  status: number,
  type: string,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, {
    'content-type': type,
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    ...headers,
  });
  response.end(response.req.method === 'HEAD' ? undefined : body);
}
