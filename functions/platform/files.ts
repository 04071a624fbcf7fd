import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AwsClient } from 'aws4fetch';
import { auditConfig, awsCredentials, filesConfig, readConfig } from './config.ts';
import { randomWord } from './ids.ts';

/** Files that are written once under a name of their own and never change. */
export interface Files {
  /** @param name like `matrix/<hash>.json`. Writing the same name again changes nothing that matters. */
  put(name: string, body: Uint8Array<ArrayBuffer>, type: string, encoding?: 'br'): Promise<void>;
  get(name: string): Promise<Uint8Array | undefined>;
}

class FolderFiles implements Files {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async put(name: string, body: Uint8Array): Promise<void> {
    const path = join(this.#folder, name);
    await mkdir(dirname(path), { recursive: true });
    const half = `${path}.${randomWord(8)}.part`;
    await writeFile(half, body);
    await rename(half, path); // a reader sees the whole file or none
  }

  async get(name: string): Promise<Uint8Array | undefined> {
    try {
      return await readFile(join(this.#folder, name));
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
      throw error;
    }
  }
}

/** Two signed requests need no client of 100 kB; see docs/decisions/0007-aws4fetch-for-s3-and-ses.md. */
class BucketFiles implements Files {
  readonly #client: AwsClient;
  readonly #address: string;

  constructor(bucket: string) {
    const { region, ...keys } = awsCredentials();
    this.#client = new AwsClient({ ...keys, region, service: 's3' });
    this.#address = `https://${bucket}.s3.${region}.amazonaws.com`;
  }

  async put(name: string, body: Uint8Array<ArrayBuffer>, type: string, encoding?: 'br'): Promise<void> {
    const headers = {
      'content-type': type,
      // a bucket that locks its objects takes none without it
      'x-amz-checksum-sha256': createHash('sha256').update(body).digest('base64'),
      'cache-control': 'public, max-age=31536000, immutable',
      ...(encoding === undefined ? {} : { 'content-encoding': encoding }),
    };
    const answer = await this.#client.fetch(`${this.#address}/${name}`, { method: 'PUT', headers, body });
    if (!answer.ok) throw new Error(`${name} could not be written: ${answer.status} ${await answer.text()}`);
  }

  async get(name: string): Promise<Uint8Array | undefined> {
    const answer = await this.#client.fetch(`${this.#address}/${name}`);
    if (answer.status === 404) return undefined;
    if (!answer.ok) throw new Error(`${name} could not be read: ${answer.status} ${await answer.text()}`);
    return new Uint8Array(await answer.arrayBuffer());
  }
}

function filesAt(url: string): Files {
  const address = new URL(url);
  return address.protocol === 'file:' ? new FolderFiles(fileURLToPath(address)) : new BucketFiles(address.hostname);
}

let shared: Files | undefined;

export function theFiles(): Files {
  shared ??= filesAt(readConfig(filesConfig).FILES_URL);
  return shared;
}

export function theAudit(): Files {
  return filesAt(readConfig(auditConfig).AUDIT_URL);
}
