import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../..');

/** The lines of our own TypeScript in a folder, each with its place. */
function linesIn(folder: string): readonly { readonly place: string; readonly line: string; readonly above: string }[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter(
      (file) => file.endsWith('.ts') && !file.endsWith('.d.ts') && !/node_modules|\.svelte-kit|build\//.test(file),
    )
    .flatMap((file) => {
      const lines = readFileSync(join(root, folder, file), 'utf8').split('\n');
      return lines.map((line, index) => ({
        place: `${folder}/${file}:${index + 1}`,
        line,
        above: lines[index - 1] ?? '',
      }));
    })
    .filter(({ line }) => !/^\s*(\*|\/\*|\/\/|import |export \{)/.test(line));
}

describe('the rules of AGENTS.md that no compiler knows', () => {
  test('nothing in shared reads a clock, randomness, the environment or the network', () => {
    const forbidden =
      /\bnew Date\(\)|\bDate\.now\(|\bMath\.random\(|\bperformance\.now\(|\bprocess\.|\bfetch\(|\bsetTimeout\(|\bcrypto\./;
    const found = linesIn('shared').filter(({ line }) => forbidden.test(line));
    expect(found.map(({ place, line }) => `${place} ${line.trim()}`)).toEqual([]);
  });

  test('a cast says its reason beside it', () => {
    const cast = /(^|[^'’\w])as (unknown|never|any|keyof|readonly\b|[A-Z]\w*|\{)/;
    const casts = ['shared', 'functions', 'infra', 'web/src']
      .flatMap(linesIn)
      .filter(({ line }) => cast.test(line.replace(/'[^']*'|`[^`]*`/g, "''")) && !line.includes(' as const'));
    expect(casts.length).toBeGreaterThan(3);
    const silent = casts.filter(({ line, above }) => !line.includes('//') && !above.trim().startsWith('//'));
    expect(silent.map(({ place, line }) => `${place} ${line.trim()}`)).toEqual([]);
  });

  test('no name whose calls the bundler may drop is given to anything but a schema', () => {
    const listed = /manualPureFunctions: \[([^\]]*)\]/.exec(
      readFileSync(join(root, 'web/vite.config.ts'), 'utf8'),
    )?.[1];
    const names = [...(listed ?? '').matchAll(/'(\w+)'/g)].map(([, name]) => name);
    expect(names).toContain('z');
    const declared = new RegExp(`\\b(?:const|let|function|class) (?:${names.join('|')})\\b`);
    const found = ['shared', 'web/src'].flatMap(linesIn).filter(({ line }) => declared.test(line));
    expect(found.map(({ place }) => place.split(':')[0]).toSorted()).toEqual([
      'shared/catalogue/track-record.ts', // a number, which nobody calls
      'shared/kernel/ids.ts',
      'shared/kernel/ids.ts',
      'shared/programs/program.ts',
    ]);
  });
});
