/**
 * Reads PostgreSQL's messages out of a stream of bytes: a type byte, a length, a body.
 * Source: https://www.postgresql.org/docs/current/protocol-message-formats.html
 */
export interface MessageReader {
  read(chunk: Buffer): void;
}

export interface MessageReaderOptions {
  /** The frontend begins with a message that has no type. */
  readonly beginsUntyped: boolean;
  /** The types whose bodies are wanted, one letter each. */
  readonly types: string;
  onMessage(type: string, body: Buffer): void;
}

const LENGTH_BYTES = 4;

export function createMessageReader({
  beginsUntyped,
  types,
  onMessage,
}: MessageReaderOptions): MessageReader {
  let rest: Buffer = Buffer.alloc(0);
  let isUntyped = beginsUntyped;
  return {
    read(chunk) {
      rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      let at = 0;
      for (;;) {
        const head = isUntyped ? 0 : 1;
        if (rest.length < at + head + LENGTH_BYTES) break;
        const end = at + head + rest.readInt32BE(at + head);
        if (rest.length < end) break;
        const type = isUntyped ? '' : String.fromCharCode(rest[at] ?? 0);
        if (type !== '' && types.includes(type))
          onMessage(type, rest.subarray(at + head + LENGTH_BYTES, end));
        isUntyped = false;
        at = end;
      }
      rest = rest.subarray(at);
    },
  };
}
