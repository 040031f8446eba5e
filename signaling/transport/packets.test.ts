import { describe, expect, it } from 'vitest';
import { JsonText } from './json-text.ts';
import { encodeAnswer, encodeEvent, parsePacket } from './packets.ts';

describe('packets', () => {
  it('of a client are read', () => {
    expect(parsePacket('40')).toEqual({ kind: 'connect', auth: {} });
    expect(parsePacket('40{"token":"t"}')).toEqual({ kind: 'connect', auth: { token: 't' } });
    expect(parsePacket('42["noise"]')).toEqual({ kind: 'event', name: 'noise', args: [], ackId: undefined });
    expect(parsePacket('4217["chat:send",{"text":"a\\nb"}]')).toEqual({
      kind: 'event',
      name: 'chat:send',
      args: [{ text: 'a\nb' }],
      ackId: '17',
    });
    expect(['3', '431["late"]', '1', '41'].map((text) => parsePacket(text)?.kind)).toEqual([
      'nothing',
      'nothing',
      'disconnect',
      'disconnect',
    ]);
  });

  it('with binary data keep the placeholder, which no schema takes', () => {
    expect(parsePacket('451-0["clock:sync",{"_placeholder":true,"num":0}]')).toMatchObject({
      name: 'clock:sync',
      ackId: '0',
      args: [{ _placeholder: true }],
    });
  });

  it('that no client may send are none', () => {
    const wrong = [
      '',
      '2',
      '4',
      '5',
      '6',
      '7',
      '40x',
      '40[1]',
      '40"t"',
      '40/admin,',
      '42',
      '42{}',
      '42[',
      '42[7]',
    ];
    const more = ['42["a",', '42/admin,["a"]', '44{}', `42${'9'.repeat(16)}["a"]`, '45["a"]', '451-["a"'];
    for (const text of [...wrong, ...more]) expect(parsePacket(text), text).toBeUndefined();
  });

  it('for clients take what is encoded already as it is', () => {
    const state = new JsonText('{"a":1}');
    expect(encodeEvent('frame', { state, isStaff: false, left: undefined })).toBe(
      '42["frame",{"state":{"a":1},"isStaff":false}]',
    );
    expect(encodeAnswer('7', { ok: true, data: { state } })).toBe(
      '437[{"ok":true,"data":{"state":{"a":1}}}]',
    );
    expect(JSON.stringify({ state })).toBe('{"state":{"a":1}}');
  });
});
