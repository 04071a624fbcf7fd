import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Pages } from '../../../infra/local/web-build.ts';
import { startAll } from '../../../infra/local/start-all.ts';
import { StartRefusal } from '../../../infra/local/start-refusal.ts';
import { builtPages } from '../../../infra/local/web-build.ts';
import { buildFolder, buildsFolder } from '../../../web/build-folder.ts';
import { fixtureParts } from './fixture-parts.ts';
import { scratchFolder } from './scratch-folder.ts';

/** A checkout with one page, and a build of it that takes no time. */
function aCheckout(): { readonly change: (words: string) => void; readonly build: () => Promise<Pages> } & {
  readonly root: string;
  readonly builds: () => number;
} {
  const root = scratchFolder();
  const page = join(root, 'web/src/page.svelte');
  mkdirSync(join(root, 'web/src'), { recursive: true });
  mkdirSync(join(root, 'shared'));
  let builds = 0;
  let words = '';
  return {
    root,
    builds: () => builds,
    change(next) {
      words = next;
      writeFileSync(page, next);
    },
    build: () =>
      builtPages(root, async () => {
        builds += 1;
        const folder = buildFolder(root);
        mkdirSync(join(folder, 'client/_app/immutable'), { recursive: true });
        writeFileSync(join(folder, `client/_app/immutable/${words}.js`), `/* ${words} */`);
        const body = JSON.stringify(`<script src="/_app/immutable/${words}.js"></script>`);
        writeFileSync(
          join(folder, 'handler.js'),
          `export const handler = async () => ({ statusCode: 200, headers: { 'content-type': 'text/html' }, body: ${body} });`,
        );
        return true;
      }),
  };
}

async function serverOf(pages: () => Promise<Pages>): Promise<string> {
  const running = await startAll({ parts: { ...fixtureParts, pages } });
  onTestFinished(() => running.stop());
  return running.address;
}

/** The script that a server's page names, as the same server gives it. */
async function scriptOf(address: string): Promise<string> {
  const page = await (await fetch(address)).text();
  const [, path = ''] = /src="([^"]+)"/.exec(page) ?? [];
  const script = await fetch(address + path);
  expect(script.status, path).toBe(200);
  return script.text();
}

test('a server goes on with the pages that it started with, whatever is built beside it', async () => {
  const checkout = aCheckout();
  checkout.change('before');
  const first = await serverOf(checkout.build);
  checkout.change('after');
  const second = await serverOf(checkout.build);
  expect(await scriptOf(first)).toBe('/* before */');
  expect(await scriptOf(second)).toBe('/* after */');
});

test('the same pages are built once', async () => {
  const checkout = aCheckout();
  checkout.change('one');
  const first = await checkout.build();
  const second = await checkout.build();
  expect(second.handler).toBe(first.handler);
  checkout.change('two');
  await checkout.build();
  checkout.change('one');
  expect((await checkout.build()).handler).toBe(first.handler);
  expect(checkout.builds()).toBe(2);
});

test('of the builds that nobody serves the newest two stay', async () => {
  const checkout = aCheckout();
  const built: Pages[] = [];
  const folders: string[] = [];
  for (const words of ['one', 'two', 'three', 'four']) {
    checkout.change(words);
    const pages = await checkout.build();
    if (words !== 'one') pages.release();
    built.push(pages);
    folders.push(basename(buildFolder(checkout.root)));
  }
  const there = () => readdirSync(buildsFolder(checkout.root)).filter((name) => name !== 'used');
  const [one = '', , three = '', four = ''] = folders;
  expect(there().toSorted()).toEqual([one, three, four].toSorted());
  // a server that was killed says nothing any more
  writeFileSync(join(buildsFolder(checkout.root), 'used', `999999999.${one}`), '');
  built[0]?.release();
  (await checkout.build()).release();
  expect(there().toSorted()).toEqual([three, four].toSorted());
  expect(existsSync(built[3]?.handler ?? '')).toBe(true);
});

test('a build that fails is told in a sentence', async () => {
  const checkout = aCheckout();
  checkout.change('one');
  await expect(builtPages(checkout.root, async () => false)).rejects.toThrow(StartRefusal);
});
