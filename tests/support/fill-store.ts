import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/**
 * Fills an empty data folder as `npm run seed` does, in a process of its own.
 * @throws Error where it cannot be filled; the process has told why.
 */
export async function fillStore(folder: string): Promise<void> {
  const seed = join(import.meta.dirname, '../../infra/local/seed.ts');
  const environment = { ...process.env, DATA_DIR: folder };
  const [code] = await once(
    spawn(process.execPath, [seed], { env: environment, stdio: ['ignore', 'ignore', 'inherit'] }),
    'exit',
  );
  if (code !== 0) throw new Error(`The store in ${folder} could not be filled.`);
}
