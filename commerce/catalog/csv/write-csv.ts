import { stringify } from 'csv-stringify/sync';
import { guardCell } from './csv-cells.ts';

/**
 * A CSV of these rows (RFC 4180: commas, CRLF), with a byte order mark, without which spreadsheets take it for another
 * encoding. Texts that look like formulas are guarded; numbers are not.
 */
export function writeCsv(
  columns: readonly string[],
  rows: readonly (readonly (string | number | null)[])[],
): string {
  const records = rows.map((cells) =>
    cells.map((cell) => (typeof cell === 'string' ? guardCell(cell) : cell)),
  );
  // A lone line feed would end the row as well.
  const options = { bom: true, record_delimiter: 'windows', quoted_match: /[\r\n]/ };
  return stringify([columns, ...records], options);
}
