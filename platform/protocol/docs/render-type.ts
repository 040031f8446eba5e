import { z } from 'zod';

type Json = Readonly<Record<string, unknown>>;

const LINE_WIDTH = 90;

/** Writes a schema as a type that people can read: what a sender must send. */
export function renderType(schema: z.ZodType): string {
  return render(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Json, '').trimStart();
}

function render(node: Json, indent: string): string {
  if (typeof node['title'] === 'string') return node['title'];
  if ('const' in node) return JSON.stringify(node['const']);
  if (Array.isArray(node['enum'])) return node['enum'].map((value) => JSON.stringify(value)).join(' | ');
  const choices = node['anyOf'] ?? node['oneOf'];
  if (Array.isArray(choices)) return renderChoices(choices as Json[], indent);
  if (Array.isArray(node['type'])) {
    return renderChoices(
      node['type'].map((type: unknown) => ({ ...node, type })),
      indent,
    );
  }
  switch (node['type']) {
    case 'object':
      return renderObject(node, indent);
    case 'array':
      return renderArray(node, indent);
    case 'string':
      return renderString(node);
    case 'integer':
    case 'number':
      return renderNumber(node);
    case 'boolean':
    case 'null':
      return node['type'];
    default:
      return 'any';
  }
}

function renderChoices(choices: readonly Json[], indent: string): string {
  const line = choices.map((choice) => render(choice, indent)).join(' | ');
  if (line.length + indent.length <= LINE_WIDTH) return line;
  const inner = `${indent}  `;
  return choices.map((choice) => `\n${inner}| ${render(choice, inner)}`).join('');
}

function renderObject(node: Json, indent: string): string {
  const properties = Object.entries((node['properties'] ?? {}) as Record<string, Json>);
  const required = new Set((node['required'] ?? []) as string[]);
  const values = node['additionalProperties'];
  if (properties.length === 0 && typeof values === 'object' && values !== null) {
    return `{ [name]: ${render(values as Json, indent)} }`;
  }
  if (properties.length === 0) return '{}';
  const inner = `${indent}  `;
  const fields = properties.map(
    ([name, type]) => `${name}${required.has(name) ? '' : '?'}: ${render(type, inner)}`,
  );
  const line = `{ ${fields.join(', ')} }`;
  if (line.length + indent.length <= LINE_WIDTH && !line.includes('\n')) return line;
  return `{\n${fields.map((field) => `${inner}${field}`).join('\n')}\n${indent}}`;
}

function renderArray(node: Json, indent: string): string {
  const item = render((node['items'] ?? {}) as Json, indent);
  const end = item.includes('\n  ') && item.startsWith('\n') ? `\n${indent}` : '';
  const list = /^[\w ]+$/.test(item) && !item.includes(' ') ? `${item}[]` : `(${item}${end})[]`;
  return list + bounds(node['minItems'], node['maxItems'], ' items');
}

function renderString(node: Json): string {
  const { pattern, format } = node as { pattern?: string; format?: string };
  if (format !== undefined) return format;
  if (pattern !== undefined) return renderPattern(pattern);
  return `string${bounds(node['minLength'], node['maxLength'], ' characters')}`;
}

/** An id is told by its prefixes; any other pattern stands as it is. */
function renderPattern(pattern: string): string {
  const prefixes = /^\^\(\?:([a-z|]+)\)_\[/.exec(pattern)?.[1];
  if (prefixes === undefined) return `/${pattern}/`;
  return prefixes
    .split('|')
    .map((prefix) => `${prefix}_…`)
    .join(' | ');
}

function renderNumber(node: Json): string {
  const isBound = (value: unknown): boolean =>
    typeof value === 'number' && Math.abs(value) < Number.MAX_SAFE_INTEGER;
  const { minimum, maximum } = node;
  return (
    String(node['type']) +
    bounds(isBound(minimum) ? minimum : undefined, isBound(maximum) ? maximum : undefined, '')
  );
}

function bounds(least: unknown, most: unknown, unit: string): string {
  if (least !== undefined && most !== undefined) return ` (${least} to ${most}${unit})`;
  if (least !== undefined) return ` (at least ${least}${unit})`;
  return most === undefined ? '' : ` (at most ${most}${unit})`;
}
