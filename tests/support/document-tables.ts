import { readFileSync } from 'node:fs';

/** The lines of the first table under a heading of a document, without its head: the cells of each. */
export function tableUnder(document: string, heading: string): readonly (readonly string[])[] {
  const lines = readFileSync(new URL(`../../docs/${document}`, import.meta.url), 'utf8').split('\n');
  const under = lines.indexOf(heading);
  const first = lines.findIndex((line, index) => index > under && line.startsWith('|'));
  if (under < 0 || first < 0) throw new Error(`docs/${document} has no table under "${heading}".`);
  const after = lines.findIndex((line, index) => index > first && !line.startsWith('|'));
  return lines.slice(first + 2, after < 0 ? undefined : after).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}
