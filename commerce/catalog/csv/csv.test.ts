import { limits } from '@souk/protocol/limits';
import { AppError } from '@souk/runtime/app-error';
import { describe, expect, it } from 'vitest';
import { csvColumns, escapeItem, guardCell, splitItems, unguardCell } from './csv-cells.ts';
import { parseAmount, writeAmount } from './money-text.ts';
import { parseRow } from './parse-row.ts';
import { readCsv } from './read-csv.ts';
import { writeCsv } from './write-csv.ts';

const refusalOf = async (csv: string): Promise<string> => {
  const error = await readCsv(csv).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof AppError)) throw new Error('the file was taken');
  expect(error.code).toBe('INVALID_INPUT');
  return error.issues?.[0]?.message ?? '';
};

describe('a CSV that is read', () => {
  it.each([
    ['commas and LF', 'sku,price\nA,1\nB,2\n'],
    ['semicolons and CRLF', 'sku;price\r\nA;1\r\nB;2\r\n'],
    ['tabs and a byte order mark', '\uFEFFsku\tprice\nA\t1\nB\t2'],
    ['capitals and blanks in the header', ' SKU , Price \nA,1\nB,2'],
    ['empty columns at the end', 'sku,price,,\nA,1,,\nB,2,,\n'],
    ['carriage returns alone', 'sku,price\rA,1\rB,2'],
  ])('may have %s', async (_name, csv) => {
    expect((await readCsv(csv)).map(({ fields }) => fields)).toEqual([
      { sku: 'A', price: '1' },
      { sku: 'B', price: '2' },
    ]);
  });

  it('keeps quoted line breaks, delimiters and quotation marks', async () => {
    const [row] = await readCsv('sku,description\r\n"A;1","Line one\r\nline ""two"", and more"\r\n');
    expect(row?.fields).toEqual({ sku: 'A;1', description: 'Line one\r\nline "two", and more' });
  });

  it('counts rows as merchants do, blank ones too', async () => {
    const rows = await readCsv('sku,price\n\nA,1\n,\nB,2\n');
    expect(rows.map(({ row, sku }) => [row, sku])).toEqual([
      [3, 'A'],
      [5, 'B'],
    ]);
  });

  it('keeps characters whole however it is cut', async () => {
    const text = '😀'.repeat(40_000);
    const rows = await readCsv(
      `sku,description\n${[1, 2, 3].map((n) => `A${n},${text.slice(0, 1_999 * 2)}`).join('\n')}`,
    );
    expect(rows.every(({ fields }) => !fields.description?.includes('\uFFFD'))).toBe(true);
  });

  it('says of a row that it has too many cells, or a SKU that another has', async () => {
    const rows = await readCsv('sku,price\nA,1,2\nA,3\nB\n');
    expect(rows.map(({ problems }) => problems.map(({ column }) => column))).toEqual([[''], ['sku'], []]);
    expect(rows[1]?.problems[0]).toMatchObject({ code: 'sku-twice', params: { row: 2 } });
  });

  it.each([
    ['', 'The file is empty.'],
    ['\n\n', 'The file is empty.'],
    ['sku,price\n', 'The file has a header, and no row below it.'],
    ['price\n1', 'The column “sku” is missing.'],
    ['sku,sku\n1,2', 'The column “sku” stands there twice.'],
    ['sku,prise,colour\n1,2,3', 'Unknown columns: “prise”, “colour”.'],
    ['sku,price\n"A,1\nB,2', 'a quotation mark is never closed.'],
    ['sku,price\nA"B,1', 'a quotation mark stands where none may be.'],
    ['sku\n\0', 'null characters'],
  ])('is refused as a whole when it is %j', async (csv, message) => {
    expect(await refusalOf(csv)).toContain(message);
  });

  it('is refused when it has too many rows', async () => {
    const rows = Array.from({ length: limits.importRows + 1 }, (_, n) => `S${n}`);
    expect(await refusalOf(`sku\n${rows.join('\n')}`)).toContain('10000 rows at most');
    expect(await readCsv(`sku\n${rows.slice(1).join('\n')}`)).toHaveLength(limits.importRows);
  });
});

describe('a cell', () => {
  it.each(['=1+1', '+1', '-1', '@sum', "'=x", "''-x", '＝1', 'plain', "it's", ''])(
    'with %j comes back as it was, and is no formula',
    (text) => {
      const cell = guardCell(text);
      expect(cell).not.toMatch(/^[=+\-@＝]/);
      expect(unguardCell(cell)).toBe(text);
    },
  );

  it('keeps lists apart whatever is in them', () => {
    const words = ['a;b', 'c=d', 'e*f', 'g\\h', 'i'];
    const list = words
      .map((word, n) => `${escapeItem(word)}=${escapeItem(words[(n + 1) % 5] ?? '')}`)
      .join(';');
    expect(splitItems(list, '=')).toEqual(words.map((word, n) => [word, words[(n + 1) % 5]]));
  });
});

describe('an amount', () => {
  it.each([
    ['12.90', 2, 1_290],
    ['12,9', 2, 1_290],
    ['12', 2, 1_200],
    ['0.05', 2, 5],
    ['1290', 0, 1_290],
    ['1.250', 3, 1_250],
  ])('written %s with %i digits is %i', (text, digits, amount) => {
    expect(parseAmount(text, digits)).toBe(amount);
    expect(parseAmount(writeAmount(amount, digits), digits)).toBe(amount);
  });

  it.each(['', '-1', '1.234', '1,000.00', '1e3', '€1', '.5', 'NaN', '1234567890123'])('is not %j', (text) => {
    expect(parseAmount(text, 2)).toBeUndefined();
  });
});

describe('a row', () => {
  it('asks for what its cells say, and for nothing where they are empty', () => {
    const fields = {
      ...{ sku: 'A', product: 'Jacket', options: 'Colour=Green;Size=M', price: '12.90', weight_g: '420' },
      ...{
        length_mm: '1',
        width_mm: '2',
        height_mm: '3',
        on_hand: '0',
        parts: 'X*2;Y',
        label: '',
        description: '',
      },
    };
    expect(parseRow(fields, 2)).toEqual({
      ok: true,
      wish: {
        sku: 'A',
        product: 'Jacket',
        options: { Colour: 'Green', Size: 'M' },
        priceMinor: 1_290,
        weightGrams: 420,
        sizeMm: { length: 1, width: 2, height: 3 },
        onHand: 0,
        parts: [
          { sku: 'X', quantity: 2 },
          { sku: 'Y', quantity: 1 },
        ],
      },
    });
    expect(parseRow({ sku: 'A' }, 2)).toEqual({ ok: true, wish: { sku: 'A' } });
  });

  it.each([
    [{ sku: '' }, 'sku'],
    [{ sku: 'x'.repeat(65) }, 'sku'],
    [{ product: 'x'.repeat(121) }, 'product'],
    [{ description: 'x'.repeat(2_001) }, 'description'],
    [{ label: 'x'.repeat(81) }, 'label'],
    [{ options: 'Colour' }, 'options'],
    [{ options: 'Colour=' }, 'options'],
    [{ options: 'A=1;A=2' }, 'options'],
    [{ options: 'A=1;B=1;C=1;D=1;E=1' }, 'options'],
    [{ price: '0' }, 'price'],
    [{ price: '-5' }, 'price'],
    [{ price: '1.005' }, 'price'],
    [{ price: '99999999999.00' }, 'price'],
    [{ weight_g: '1.5' }, 'weight_g'],
    [{ weight_g: '9999999' }, 'weight_g'],
    [{ length_mm: '10' }, 'width_mm'],
    [{ length_mm: '0', width_mm: '1', height_mm: '1' }, 'length_mm'],
    [{ on_hand: '-1' }, 'on_hand'],
    [{ on_hand: '9999999999' }, 'on_hand'],
    [{ parts: 'X*0' }, 'parts'],
    [{ parts: 'X*21' }, 'parts'],
    [{ parts: 'X;X' }, 'parts'],
    [{ parts: Array.from({ length: 11 }, (_, n) => `P${n}`).join(';') }, 'parts'],
  ])('with %j is told which column is wrong', (fields, column) => {
    const parsed = parseRow({ sku: 'A', ...fields }, 2);
    expect(parsed.ok ? [] : parsed.problems.map((problem) => problem.column)).toContain(column);
  });
});

describe('a CSV that is written', () => {
  it('is read back as it was', async () => {
    const cells = ['A', '=cmd()', 'Line\n"two"', 'a\rb\r\nc\nd', '', 12.5, 0, '', '', '', 3, ''];
    const csv = writeCsv(csvColumns, [cells]);
    expect(csv.startsWith('\uFEFFsku,product,')).toBe(true);
    expect(csv).toContain("'=cmd()");
    const [row] = await readCsv(csv);
    expect(csvColumns.map((column) => row?.fields[column])).toEqual(cells.map(String));
  });
});
