/** A set-up step that failed: what failed, why, and what the reader can do about it. */
export class SetupError extends Error {
  readonly why: string;
  readonly todo: string;

  constructor(what: string, why: string, todo: string) {
    super(what);
    this.name = 'SetupError';
    this.why = why;
    this.todo = todo;
  }
}

/** The text for the terminal of any failure; a SetupError also says why and what to do. */
export function describeFailure(error: unknown): string {
  if (error instanceof SetupError) {
    return `\n✗ ${error.message}\n  why:  ${indent(error.why)}\n  do:   ${indent(error.todo)}\n`;
  }
  return `\n✗ ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`;
}

function indent(text: string): string {
  return text.trim().replaceAll('\n', '\n        ');
}
