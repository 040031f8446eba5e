import { JsonText } from './json-text.ts';

/**
 * The value in a form that transports send without encoding it again. It is for sending only: nothing can be read from
 * it, though its type says so.
 */
export function encodeOnce<Value extends object>(value: Value): Value {
  return new JsonText(JSON.stringify(value)) as unknown as Value;
}
