import { readRtpTimestamp } from '@souk/broadcast/rtp/capture-time';
import { readH264 } from '../rtp/key-frames.ts';
import { parseRtp } from '../rtp/rtp-packet.ts';

/** Copies one track, or one layer of it, to whoever tapped it. */
export interface TapForward {
  readonly kind: 'audio' | 'video';
  take(packet: LayerPacket): void;
}

export interface LayerPacket {
  readonly bytes: Buffer;
  readonly layer: number;
  /** How many layers are sent, the smallest first. */
  readonly sentLayers: number;
  /** The first timestamp of this layer: layers of one film begin with the same moment. */
  readonly firstTimestamp: number;
}

/**
 * Forwards as an SFU does: of the layers that are sent the one that was asked for, or the next smaller; from one to the
 * other at a key frame, in one sequence and one time.
 */
export function createTapForward(options: {
  readonly kind: 'audio' | 'video';
  readonly layer: number;
  readonly codec: string;
  readonly send: (packet: Buffer) => void;
}): TapForward {
  const { kind, layer: wanted, codec, send } = options;
  let shown: number | undefined;
  let sequence = 0;
  return {
    kind,
    take({ bytes, layer, sentLayers, firstTimestamp }) {
      const parsed = parseRtp(bytes);
      if (parsed === undefined || layer >= sentLayers) return;
      const target = Math.min(wanted, sentLayers - 1);
      if (layer === target && shown !== target && canBegin(codec, parsed.payload)) shown = target;
      if (layer !== shown) return;
      const copy = Buffer.from(bytes);
      sequence = (sequence + 1) & 0xffff;
      copy.writeUInt16BE(sequence, 2);
      copy.writeUInt32BE((readRtpTimestamp(bytes) - firstTimestamp) >>> 0, 4);
      send(copy);
    },
  };
}

function canBegin(codec: string, payload: Buffer): boolean {
  return codec.toLowerCase() !== 'video/h264' || readH264(payload).isKeyFrame;
}
