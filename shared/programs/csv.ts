import { ok, refuse, type Result } from '../kernel/result.ts';

export interface CsvRow {
  /** The line of the file on which the row begins, counted from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

/**
 * Splits comma-separated text as RFC 4180 describes it: fields in double quotes may hold commas,
 * line breaks and doubled quotes; lines end in LF or CRLF. A byte order mark, as spreadsheets write
 * it, is left out, and so is an empty line. The first row is returned like the others.
 */
export function readCsv(text: string): Result<readonly CsvRow[], 'invalid'> {
  const rows: CsvRow[] = [];
  let at = text.startsWith('\uFEFF') ? 1 : 0;
  let line = 1;
  while (at < text.length) {
    const began = line;
    const cells: string[] = [];
    for (;;) {
      let cell = '';
      if (text[at] === '"') {
        const opened = line;
        at += 1;
        for (;;) {
          const quote = text.indexOf('"', at);
          if (quote === -1) {
            return refuse('invalid', `Line ${opened}, field ${cells.length + 1}: a quoted field is never closed.`);
          }
          const piece = text.slice(at, quote);
          cell += piece;
          line += piece.split('\n').length - 1;
          at = quote + 1;
          if (text[at] !== '"') {
            break;
          }
          cell += '"';
          at += 1;
        }
        const after = text[at];
        if (after !== undefined && after !== ',' && after !== '\n' && !text.startsWith('\r\n', at)) {
          return refuse('invalid', `Line ${line}, field ${cells.length + 1}: there is text after the closing quote.`);
        }
      } else {
        const from = at;
        while (at < text.length && text[at] !== ',' && text[at] !== '\n' && !text.startsWith('\r\n', at)) {
          if (text[at] === '"') {
            return refuse(
              'invalid',
              `Line ${line}, field ${cells.length + 1}: a quote stands inside an unquoted field.`,
            );
          }
          at += 1;
        }
        cell = text.slice(from, at);
      }
      cells.push(cell);
      if (text[at] !== ',') {
        break;
      }
      at += 1;
    }
    at += text.startsWith('\r\n', at) ? 2 : 1;
    line += 1;
    if (cells.length > 1 || cells[0] !== '') {
      rows.push({ line: began, cells });
    }
  }
  return ok(rows);
}
