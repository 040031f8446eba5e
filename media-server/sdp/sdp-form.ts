import { AppError } from '@souk/runtime/app-error';
import { z } from 'zod';

const LINES_MAX = 2_000;
const LINE_LENGTH_MAX = 2_048;
/** A browser that offers data channels and a few more tracks than we take still gets a proper answer. */
export const SECTIONS_MAX = 16;

/** A text of a parsed description, in which digits have been taken for numbers. */
export const textSchema = z.union([z.string(), z.number()]).transform(String);

/** An AppError INVALID_SDP that tells the author of an encoder what is wrong. */
export function invalidSdp(message: string, path = 'sdp'): AppError {
  return new AppError('INVALID_SDP', { issues: [{ path, message }] });
}

/**
 * Checks that a text has the form of SDP lines (RFC 8866, section 5) and bounds them, before any parser sees it.
 * Throws AppError INVALID_SDP.
 */
export function assertSdpForm(text: string): void {
  const lines = text.split(/\r\n|\n/);
  if (lines.at(-1) === '') lines.pop();
  if (lines.length === 0) throw invalidSdp('it is empty');
  if (lines.length > LINES_MAX) throw invalidSdp(`more than ${LINES_MAX} lines`);
  for (const [index, line] of lines.entries()) {
    const path = `line ${index + 1}`;
    if (line.length > LINE_LENGTH_MAX) throw invalidSdp(`longer than ${LINE_LENGTH_MAX}`, path);
    if (!/^[a-z]=/.test(line)) throw invalidSdp('does not look like `type=value`', path);
    if (hasControlCharacter(line)) throw invalidSdp('has a control character', path);
  }
  if (lines.filter((line) => line.startsWith('m=')).length > SECTIONS_MAX)
    throw invalidSdp(`more than ${SECTIONS_MAX} media sections`);
}

function hasControlCharacter(line: string): boolean {
  for (const character of line) {
    const code = character.charCodeAt(0);
    if (code < 0x20 || code === 0x7f) return true;
  }
  return false;
}
