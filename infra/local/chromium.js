// Plain JavaScript for Node 20: the bootstrap uses it before the pinned Node is there.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** The browser to drive: the system's own, or the one that Playwright downloaded; undefined when there is none. */
export async function chromiumPath() {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    for (const name of names) {
      const path = join(folder, name);
      if (folder !== '' && executable(path)) return path;
    }
  }
  try {
    const { chromium } = await import('playwright-core');
    const path = chromium.executablePath();
    return existsSync(path) ? path : undefined;
  } catch {
    return undefined;
  }
}

/** The same, after installing one if need be. Undefined when none could be installed. */
export async function ensureChromium() {
  const found = await chromiumPath();
  if (found !== undefined) return found;
  process.stderr.write('Installing Chromium for the browser tests.\n');
  if (process.getuid?.() === 0 && existsSync('/etc/debian_version')) {
    const quiet = { stdio: ['ignore', 'ignore', 'inherit'] };
    spawnSync('apt-get', ['update'], quiet);
    spawnSync('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], quiet);
  }
  const system = await chromiumPath();
  if (system !== undefined) return system;
  spawnSync('npm', ['exec', '--', 'playwright-core', 'install', 'chromium'], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return await chromiumPath();
}

function executable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
