import type { Setting } from './facts.ts';

/** A part of a mail. Both forms, text and HTML, are made from the same parts. */
export type Block =
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'list'; readonly rows: readonly { readonly name: string; readonly value: string }[] };

/** What a template says; the frame around it is the same for all. */
export interface Letter {
  readonly subject: string;
  readonly blocks: readonly Block[];
  /** The page it leads to, as a path, and the words of the link. */
  readonly page: string;
  readonly action: string;
}

export interface RenderedLetter {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** The whole address of the page. */
  readonly address: string;
}

export const subjectAtMost = 100;

export function paragraph(text: string): Block {
  return { kind: 'paragraph', text };
}

export function list(...rows: readonly (readonly [name: string, value: string])[]): Block {
  return { kind: 'list', rows: rows.map(([name, value]) => ({ name, value })) };
}

/** At most `most` characters, on one line: what a person typed must not break a header. */
export function oneLine(text: string, most: number): string {
  const plain = text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
  const characters = Array.from(plain);
  return characters.length <= most
    ? plain
    : `${characters
        .slice(0, most - 1)
        .join('')
        .trimEnd()}…`;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

function textOf(block: Block): string {
  switch (block.kind) {
    case 'paragraph':
      return block.text;
    case 'list':
      return block.rows.map(({ name, value }) => `${name}: ${value}`).join('\n');
  }
}

function htmlOf(block: Block): string {
  switch (block.kind) {
    case 'paragraph':
      return `<p>${escapeHtml(block.text)}</p>`;
    case 'list': {
      const rows = block.rows.map(
        ({ name, value }) => `<li><strong>${escapeHtml(name)}:</strong> ${escapeHtml(value)}</li>`,
      );
      return `<ul>${rows.join('')}</ul>`;
    }
  }
}

/**
 * The finished mail.
 * @param why a sentence that tells the reader why it came to them.
 * @param origin the one public address; every link stays within it.
 */
export function render(letter: Letter, why: string, { program }: Setting, origin: string): RenderedLetter {
  const subject = oneLine(letter.subject, subjectAtMost);
  const address = new URL(letter.page, origin).href;
  const end = [
    why,
    `Sent by ${program.name}. Nobody reads replies to this address.`,
    ...(program.invented ? ['This is an invented state: no person or organization named here is real.'] : []),
    program.notice,
  ];
  const text = [...letter.blocks.map(textOf), `${letter.action}:\n${address}`, `--\n${end.join('\n')}`].join('\n\n');
  const html = [
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escapeHtml(subject)}</title></head><body>`,
    ...letter.blocks.map(htmlOf),
    `<p><a href="${escapeHtml(address)}">${escapeHtml(letter.action)}</a></p>`,
    '<hr>',
    ...end.map((line) => `<p><small>${escapeHtml(line)}</small></p>`),
    '</body></html>',
  ].join('\n');
  return { subject, text: `${text}\n`, html, address };
}
