/** The columns of the catalogue's CSV, in the order in which they are written. */
export const csvColumns = [
  'sku',
  'product',
  'description',
  'options',
  'label',
  'price',
  'weight_g',
  'length_mm',
  'width_mm',
  'height_mm',
  'on_hand',
  'parts',
] as const;
export type CsvColumn = (typeof csvColumns)[number];

/** A row as it came: column → text; a column that the file does not have is left out. */
export type CsvFields = Readonly<Partial<Record<CsvColumn, string>>>;

/** What spreadsheets take for the beginning of a formula. Source: https://owasp.org/www-community/attacks/CSV_Injection */
const formula = /^'*[=+\-@\t\r＝＋－＠]/;

/** A text that no spreadsheet runs: an apostrophe goes before what looks like a formula. */
export const guardCell = (text: string): string => (formula.test(text) ? `'${text}` : text);

/** The text that was guarded; others stay as they are. */
export const unguardCell = (cell: string): string =>
  cell.startsWith("'") && formula.test(cell) ? cell.slice(1) : cell;

/** Writes texts as one, parted by semicolons; a semicolon, an equals sign, a star or a backslash of a text is escaped. */
export const escapeItem = (text: string): string => text.replaceAll(/[\\;=*]/g, String.raw`\$&`);

/** The parts of a text between bare semicolons, each cut once more at its last bare `separator`. Escapes are undone. */
export function splitItems(text: string, separator: '=' | '*'): (readonly [string, string | undefined])[] {
  return splitBare(text, ';')
    .filter((item) => item.trim() !== '')
    .map((item) => {
      const pieces = splitBare(item, separator);
      if (pieces.length === 1) return [unescapeItem(item), undefined] as const;
      const last = pieces.at(-1) ?? '';
      return [unescapeItem(pieces.slice(0, -1).join(separator)), unescapeItem(last)] as const;
    });
}

const unescapeItem = (text: string): string => text.replaceAll(/\\(.)/gs, '$1').trim();

/** Cuts at each separator that no backslash stands before; escapes are kept. */
function splitBare(text: string, separator: string): string[] {
  const pieces = [''];
  for (const [token] of text.matchAll(/\\.|./gs)) {
    if (token === separator) pieces.push('');
    else pieces[pieces.length - 1] += token;
  }
  return pieces;
}
