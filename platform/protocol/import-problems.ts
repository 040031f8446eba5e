import { z } from 'zod';

/** What can be wrong with a row of an import; `{{name}}` stands for a parameter. The page has words of its own for each. */
export const importProblems = {
  'too-long': 'It is too long; {{most}} characters are allowed.',
  'no-whole-number': '“{{text}}” is not a whole number.',
  'out-of-range': 'It must be from {{least}} to {{most}}.',
  'sku-missing': 'The SKU is missing.',
  'sku-twice': 'Row {{row}} has the same SKU.',
  'cell-count': 'The row has {{cells}} cells, and the header {{columns}}. Is a quotation mark missing?',
  'no-price': '“{{text}}” is not a price. Write it like {{example}}.',
  'price-zero': 'A price must be greater than zero.',
  'price-too-high': 'The price is too high.',
  'price-missing': 'A new SKU needs a price.',
  'product-missing': 'A new SKU needs the title of its product.',
  'title-unclear': 'Rows of this file give the product different titles. Write the same in each.',
  'too-many-variants': 'A product has {{most}} variants at most.',
  'options-form': 'Write options like Colour=Green;Size=M, each word up to {{most}} characters.',
  'too-many-options': 'A variant has {{most}} options at most.',
  'option-twice': 'An option is named twice.',
  'parts-form': 'Write parts like MUG-1*2;LAMP-1, each with a quantity from 1 to {{most}}.',
  'too-many-parts': 'A bundle has {{most}} parts at most.',
  'part-twice': 'A part is named twice.',
  'part-itself': 'A bundle cannot be a part of itself.',
  'part-unknown': 'There is no SKU “{{sku}}” in this shop.',
  'part-bundle': '“{{sku}}” is a bundle itself.',
  'is-part': 'It is a part of another bundle, so it cannot be one.',
  'in-sale': 'It is in a flash sale, so it cannot become a bundle now.',
  'has-stock': 'It has stock of its own. Take that off before it becomes a bundle.',
  'bundle-stock': 'A bundle has no stock of its own. Leave the cell empty.',
  'stock-promised': '{{units}} units are promised to buyers or set aside for a sale.',
  'size-incomplete': 'Give length, width and height, or none of them.',
  'not-written': 'This row could not be written.',
} as const;

export type ImportProblemCode = keyof typeof importProblems;
export const importProblemCodes = Object.keys(importProblems) as [ImportProblemCode, ...ImportProblemCode[]];

/** A fault of one row: the column, or empty for the row as a whole, what is wrong, and the words and numbers to say it with. */
export const importProblemSchema = z.strictObject({
  column: z.string(),
  code: z.enum(importProblemCodes),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type ImportProblem = z.infer<typeof importProblemSchema>;

/** The problem in English. */
export function wordImportProblem({ code, params }: Pick<ImportProblem, 'code' | 'params'>): string {
  return importProblems[code].replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => String(params[name] ?? ''));
}
