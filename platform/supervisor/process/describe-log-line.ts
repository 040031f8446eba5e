import { z } from 'zod';

const ERROR_LEVEL = 50;
const MAX_CHARS = 160;
const logLine = z.looseObject({
  level: z.number(),
  event: z.string().optional(),
  msg: z.string().optional(),
  code: z.string().optional(),
  err: z.looseObject({ message: z.string().optional() }).optional(),
});

/**
 * What the terminal shows of a service's log: errors, in one line. Answers undefined for everything else; the
 * whole log is in its file.
 */
export function describeLogLine(name: string, line: string): string | undefined {
  const parsed = parse(line);
  if (!parsed || parsed.level < ERROR_LEVEL) return undefined;
  const parts = [parsed.event, parsed.code, parsed.msg, parsed.err?.message].filter(Boolean);
  return `[${name}] ${parts.join(': ').split('\n')[0]}`.slice(0, MAX_CHARS);
}

function parse(line: string) {
  if (!line.startsWith('{')) return undefined;
  try {
    return logLine.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined; // not a log line of ours; it stands in the file
  }
}
