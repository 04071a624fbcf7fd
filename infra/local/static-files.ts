import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { extname, join, resolve, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { brotliCompress, brotliDecompress, constants } from 'node:zlib';

const compress = promisify(brotliCompress);
const decompress = promisify(brotliDecompress);

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};

const compressible = /^(text\/|application\/|image\/svg)/;

/** A name that tells its content never changes, so nobody needs to ask for it again. */
export const immutable = 'public, max-age=31536000, immutable';
export const brief = 'public, max-age=300';

/**
 * Answers with a file of the folder, in brotli for those who take it: from `<file>.br` when there is
 * one, else compressed on the way, as CloudFront does. False when there is no such file.
 */
export async function answerFile(
  response: ServerResponse,
  folder: string,
  name: string,
  cacheControl: string,
): Promise<boolean> {
  const path = pathWithin(folder, name);
  if (path === undefined || path.endsWith('.br')) return false;
  const plain = await isFile(path);
  const packed = await isFile(`${path}.br`);
  if (!plain && !packed) return false;
  const type = types[extname(path)] ?? 'application/octet-stream';
  response.setHeader('content-type', type);
  response.setHeader('cache-control', cacheControl);
  response.setHeader('x-content-type-options', 'nosniff');
  response.setHeader('vary', 'accept-encoding');
  const brotli = takesBrotli(response.req.headers['accept-encoding']) && compressible.test(type);
  if (brotli) response.setHeader('content-encoding', 'br');
  if (response.req.method === 'HEAD') response.end();
  else if (brotli) response.end(packed ? await readFile(`${path}.br`) : await quickly(await readFile(path)));
  else if (plain) await pipeline(createReadStream(path), response);
  else response.end(await decompress(await readFile(`${path}.br`)));
  return true;
}

/** Quality 5 takes milliseconds where 11 takes seconds. */
async function quickly(bytes: Buffer): Promise<Buffer> {
  return await compress(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } });
}

function takesBrotli(accepted: string | string[] | undefined): boolean {
  return /(^|[\s,])br(?!\s*;\s*q=0(\.0*)?\s*(,|$))(\s*[;,]|$)/.test(String(accepted ?? ''));
}

/** The path of a name below the folder; undefined when it leads out of it. */
function pathWithin(folder: string, name: string): string | undefined {
  let decoded: string;
  try {
    decoded = decodeURIComponent(name);
  } catch {
    return undefined;
  }
  if (decoded.includes('\0')) return undefined;
  const root = resolve(folder);
  const path = resolve(join(root, decoded));
  return path.startsWith(root + sep) ? path : undefined;
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}
