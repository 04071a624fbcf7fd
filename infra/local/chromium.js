// Plain JavaScript for Node 20: the bootstrap uses it before the pinned Node is there.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The same browser without its windows, menus and extensions: the pages are tested in three quarters of the time. */
const withoutWindows = 'chromium-headless-shell';
/** Without a network nobody waits for packages where another browser may be there already. */
const givesUpSoon = ['-o', 'Acquire::http::Timeout=20', '-o', 'Acquire::https::Timeout=20', '-o', 'Acquire::Retries=1'];
const names = [withoutWindows, 'chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** The browser to drive: the system's own, or the one that Playwright downloaded; undefined when there is none. */
export async function chromiumPath() {
  for (const name of names) {
    const path = onPath(name);
    if (path !== undefined) return path;
  }
  try {
    const { chromium } = await import('playwright-core');
    const path = chromium.executablePath();
    return existsSync(path) ? path : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The same, after installing one if need be.
 * @throws Error with a sentence for whoever runs the tests, where there is none and none could be installed.
 */
export async function ensureChromium() {
  const mayInstall = process.getuid?.() === 0 && existsSync('/etc/debian_version');
  if (mayInstall && onPath(withoutWindows) === undefined) {
    process.stderr.write('Installing Chromium for the browser tests.\n');
    await run('apt-get', 'update', ...givesUpSoon);
    await run('apt-get', 'install', ...givesUpSoon, '-y', '--no-install-recommends', withoutWindows);
  }
  let found = await chromiumPath();
  if (found === undefined && mayInstall) {
    await run('apt-get', 'install', ...givesUpSoon, '-y', '--no-install-recommends', 'chromium');
    found = await chromiumPath();
  }
  if (found === undefined) {
    await run('npm', 'exec', '--', 'playwright-core', 'install', 'chromium');
    found = await chromiumPath();
  }
  if (found !== undefined) return found;
  throw new Error(
    'The browser tests need Chromium, and none could be installed: install the package chromium and try again.',
  );
}

/** Where it fails nothing is there that was not before, which is looked for afterwards. */
async function run(command, ...words) {
  const child = spawn(command, words, { stdio: 'ignore' });
  await once(child, 'exit').catch(() => undefined);
}

function onPath(name) {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.map((folder) => join(folder, name)).find(executable);
}

function executable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
