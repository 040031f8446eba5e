const LINE = /^(?:(?:event|retry|id): ?\S+|id|data: ?(?<data>.*)|:.*|)$/;

/**
 * Reads the first piece of server-sent events and hangs up. Gives back what is wrong with it; undefined when it is all
 * right. Source: https://html.spec.whatwg.org/multipage/server-sent-events.html
 */
export async function readFirstEvents(response: Response): Promise<string | undefined> {
  const reader = response.body?.getReader();
  if (reader === undefined) return 'a stream without a body';
  const { value } = await reader.read();
  await reader.cancel();
  // The piece may end in the middle of an event.
  const whole = new TextDecoder().decode(value).split('\n\n').slice(0, -1);
  return whole.flatMap((event) => event.split('\n')).find((line) => !isLine(line));
}

function isLine(line: string): boolean {
  const found = LINE.exec(line);
  const data = found?.groups?.['data'];
  if (found === null || data === undefined) return found !== null;
  try {
    JSON.parse(data);
    return true;
  } catch {
    return false;
  }
}
