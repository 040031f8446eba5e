/** A value that has been encoded already, so that it is encoded once for many who are sent it. */
export class JsonText {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  /** For encoders that do not know this class: right, but slow. */
  toJSON(): unknown {
    return JSON.parse(this.text);
  }
}

/** The JSON of a value; what is encoded already is taken as it is, also one level down in an object. */
export function toJson(value: unknown): string {
  if (value instanceof JsonText) return value.text;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return JSON.stringify(value);
  if (!Object.values(value).some(isEncoded)) return JSON.stringify(value);
  const members = Object.entries(value).flatMap(([name, member]) =>
    member === undefined ? [] : [`${JSON.stringify(name)}:${toJson(member)}`],
  );
  return `{${members.join(',')}}`;
}

function isEncoded(value: unknown): boolean {
  return value instanceof JsonText || holdsEncoded(value);
}

/** Answers carry their data one level down. */
function holdsEncoded(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  for (const name in value) if ((value as Record<string, unknown>)[name] instanceof JsonText) return true;
  return false;
}
