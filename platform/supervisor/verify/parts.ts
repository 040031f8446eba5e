import { type Part, toolPart } from './part.ts';
import { vitestPart } from './vitest-part.ts';

/** The quick parts: no database, no browser. */
export function listQuickParts(print: (line: string) => void): Part[] {
  return [
    toolPart('lint', '@biomejs/biome/bin/biome', ['check', '.']),
    toolPart('types', 'typescript/bin/tsc', ['-p', 'tsconfig.json']),
    toolPart('page types', 'typescript/bin/tsc', ['-p', 'web-viewer/tsconfig.json']),
    toolPart('bench page types', 'typescript/bin/tsc', ['-p', 'load-tests/in-page/tsconfig.json']),
    vitestPart('unit', print),
  ];
}

/** Everything: the quick parts, then real PostgreSQL, Redis and media worker, then a real browser. */
export function listAllParts(print: (line: string) => void): Part[] {
  return [
    ...listQuickParts(print),
    ...['contract', 'integration', 'e2e'].map((name) => vitestPart(name, print)),
  ];
}
