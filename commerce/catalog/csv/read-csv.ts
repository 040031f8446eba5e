import { Readable } from 'node:stream';
import type { ImportProblem } from '@souk/protocol/import-problems';
import { limits } from '@souk/protocol/limits';
import { AppError } from '@souk/runtime/app-error';
import { CsvError, parse } from 'csv-parse';
import { z } from 'zod';
import { type CsvColumn, type CsvFields, csvColumns, unguardCell } from './csv-cells.ts';

/** A row of the file that is not blank. */
export interface CsvRow {
  /** As the merchant counts them: the header is row 1. */
  readonly row: number;
  readonly fields: CsvFields;
  readonly sku: string;
  /** What is wrong with its form; nothing else of it was looked at then. */
  readonly problems: readonly ImportProblem[];
}

/** So much is parsed at a time; in between, others have their turn. */
const CHUNK_LENGTH = 65_536;
/** No row is as long as that; a quotation mark that is never closed would make one. */
const RECORD_LENGTH_MAX = 100_000;
const recordSchema = z.array(z.string());

const refuse = (message: string): AppError =>
  new AppError('INVALID_INPUT', { issues: [{ path: 'csv', message }] });

/**
 * Reads the rows of a CSV with a header (RFC 4180; the delimiter may be a comma, a semicolon or a tab; a byte order mark is
 * skipped). Throws AppError INVALID_INPUT that says what is wrong with the file as a whole; faults of a row are in the row.
 */
export async function readCsv(text: string): Promise<CsvRow[]> {
  const csv = text.replace(/^\uFEFF/, '');
  if (csv.includes('\0')) throw refuse('The file has null characters. Save it as CSV (UTF-8).');
  const rows: CsvRow[] = [];
  const seen = new Map<string, number>();
  let columns: readonly CsvColumn[] | undefined;
  let number = 0;
  for await (const record of parseRecords(csv)) {
    number += 1;
    if (record.every((cell) => cell.trim() === '')) continue;
    if (columns === undefined) {
      columns = readHeader(record);
      continue;
    }
    if (rows.length === limits.importRows) throw refuse(`A file has ${limits.importRows} rows at most.`);
    rows.push(readRow(number, record, columns, seen));
  }
  if (columns === undefined) throw refuse('The file is empty.');
  if (rows.length === 0) throw refuse('The file has a header, and no row below it.');
  return rows;
}

async function* parseRecords(csv: string): AsyncGenerator<string[]> {
  const parser = Readable.from(chunksOf(csv)).pipe(
    parse({
      delimiter: findDelimiter(csv),
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      max_record_size: RECORD_LENGTH_MAX,
    }),
  );
  try {
    for await (const record of parser) yield recordSchema.parse(record);
  } catch (error) {
    if (error instanceof CsvError) throw refuse(explain(error));
    throw error;
  }
}

function* chunksOf(csv: string): Generator<Buffer> {
  for (let at = 0; at < csv.length; ) {
    let end = Math.min(csv.length, at + CHUNK_LENGTH);
    // Never between the two halves of a character.
    if (end < csv.length && isHighSurrogate(csv.charCodeAt(end - 1))) end += 1;
    yield Buffer.from(csv.slice(at, end));
    at = end;
  }
}

const isHighSurrogate = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff;

/** The one of the three that stands most often in the first line. */
function findDelimiter(csv: string): string {
  const [header = ''] = csv.split(/\r?\n|\r/, 1);
  const bare = header.replaceAll(/"[^"]*"/g, '');
  const counts = [',', ';', '\t'].map((delimiter) => ({
    delimiter,
    count: bare.split(delimiter).length,
  }));
  return counts.reduce((most, next) => (next.count > most.count ? next : most)).delimiter;
}

function explain({ code, lines }: CsvError): string {
  const line = typeof lines === 'number' ? `Line ${lines}: ` : '';
  switch (code) {
    case 'CSV_QUOTE_NOT_CLOSED':
      return `${line}a quotation mark is never closed.`;
    case 'CSV_MAX_RECORD_SIZE':
      return `${line}a row is too long. Is a quotation mark missing?`;
    default:
      return `${line}a quotation mark stands where none may be. Inside a cell it is written twice.`;
  }
}

function readHeader(record: readonly string[]): CsvColumn[] {
  const names = record.map((cell) => cell.trim().toLowerCase());
  // Spreadsheets leave empty columns at the end.
  while (names.at(-1) === '') names.pop();
  const unknown = names.filter((name) => !isColumn(name));
  if (unknown.length > 0)
    throw refuse(
      `Unknown columns: ${unknown.map((name) => `“${name}”`).join(', ')}. Known are: ${csvColumns.join(', ')}.`,
    );
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) throw refuse(`The column “${twice}” stands there twice.`);
  if (!names.includes('sku')) throw refuse('The column “sku” is missing.');
  return names.filter(isColumn);
}

const isColumn = (name: string): name is CsvColumn => (csvColumns as readonly string[]).includes(name);

function readRow(
  row: number,
  record: readonly string[],
  columns: readonly CsvColumn[],
  seen: Map<string, number>,
): CsvRow {
  const cells = record.map((cell) => unguardCell(cell.trim()));
  const fields: CsvFields = Object.fromEntries(columns.map((column, at) => [column, cells[at] ?? '']));
  const sku = fields.sku ?? '';
  const problems: ImportProblem[] = [];
  if (cells.slice(columns.length).some((cell) => cell !== ''))
    problems.push({
      ...{ column: '', code: 'cell-count' },
      params: { cells: cells.length, columns: columns.length },
    });
  const first = seen.get(sku);
  if (first !== undefined && sku !== '')
    problems.push({ column: 'sku', code: 'sku-twice', params: { row: first } });
  else seen.set(sku, row);
  return { row, fields, sku, problems };
}
