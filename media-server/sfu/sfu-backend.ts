import type { RtpPort, RtpTrack } from '@souk/broadcast/rtp/track';
import type { TrackFigures } from '@souk/protocol/http/media';
import type { ShowId, StreamId } from '@souk/protocol/ids';

/** JSON that only the backend and the media client of the page understand; the backend checks it. */
export type OpaqueJson = Record<string, unknown>;
export type MediaKind = 'audio' | 'video';

/** Why a link between a person (or a feed) and the SFU ended. */
export const linkEndReasons = [
  /** The other side said goodbye. */
  'left',
  /** Nothing was heard from the other side for too long. */
  'connection-lost',
  /** The other side never came. */
  'never-connected',
  /** The other side is there, and sends nothing of what it publishes. */
  'silent',
  /** A newer page of the same person took over. */
  'replaced',
  /** The stream key that it was published with is no longer good. */
  'key-revoked',
  /** The person may not be in this show. */
  'banned',
  /** The person was sent out, and may come back. */
  'disconnected',
  'show-ended',
  /** The process that carried the media died; joining again leads to another one. */
  'worker-died',
  'server-stopping',
] as const;
export type LinkEndReason = (typeof linkEndReasons)[number];

export interface Link {
  /** Null while the link lives. */
  readonly endReason: LinkEndReason | null;
  /** Calls the listener once, at the end; at once when that has been. */
  onEnd(listener: (reason: LinkEndReason) => void): void;
  /** Ends the link and frees what it held. Idempotent: the first reason stays. */
  end(reason: LinkEndReason): void;
}

/** What a page needs to open its side of a WebRTC connection. */
export interface TransportOffer {
  readonly id: string;
  readonly iceParameters: OpaqueJson;
  readonly iceCandidates: OpaqueJson[];
  readonly dtlsParameters: OpaqueJson;
}

interface WebRtcLink extends Link {
  readonly offer: TransportOffer;
  /** Takes the page's half of the handshake. Throws AppError INVALID_INPUT, MEDIA_SESSION_NOT_FOUND. */
  connect(dtlsParameters: OpaqueJson): Promise<void>;
  /** New ICE credentials, for a page whose network has changed. Throws AppError MEDIA_SESSION_NOT_FOUND. */
  restartIce(): Promise<OpaqueJson>;
}

/** A page that sends its camera. */
export interface PublishLink extends WebRtcLink {
  /** Throws AppError INVALID_INPUT, NO_COMMON_CODEC, MEDIA_SESSION_NOT_FOUND. */
  produce(kind: MediaKind, rtpParameters: OpaqueJson): Promise<{ producerId: string }>;
  figures(): Promise<TrackFigures[]>;
}

export interface ConsumerOffer {
  readonly id: string;
  readonly producerId: string;
  readonly kind: MediaKind;
  readonly rtpParameters: OpaqueJson;
}

/** A page that watches. Its consumers wait until `connect`. */
export interface WatchLink extends WebRtcLink {
  readonly consumers: readonly ConsumerOffer[];
  /** Stops or goes on with one track, for pages that nobody looks at. Throws AppError NOT_FOUND, MEDIA_SESSION_NOT_FOUND. */
  setPaused(consumerId: string, paused: boolean): Promise<void>;
  /**
   * Bounds what is sent of a simulcast track; 0 is its smallest layer. Has no effect on other tracks.
   * Throws AppError NOT_FOUND, MEDIA_SESSION_NOT_FOUND.
   */
  setMaxLayer(consumerId: string, spatialLayer: number): Promise<void>;
}

/** A feed that sends plain RTP and RTCP, to one pair of ports for each track. */
export interface IngestLink extends Link {
  readonly ports: readonly RtpPort[];
  figures(): Promise<TrackFigures[]>;
}

/** A track as it is published. */
export interface StreamTrack {
  readonly kind: MediaKind;
  readonly mimeType: string;
  /** Simulcast layers; 1 where there is none. */
  readonly spatialLayers: number;
}

export interface TapOptions {
  readonly kind: MediaKind;
  readonly to: { readonly ip: string; readonly port: number };
  /** The layer of a simulcast track, 0 is the smallest; the best when left out. */
  readonly spatialLayer?: number;
}

/** How the packets of a tap look. */
export interface TapTrack {
  readonly kind: MediaKind;
  readonly mimeType: string;
  readonly payloadType: number;
  readonly clockRate: number;
  readonly channels: number | null;
  /** Format parameters, as in `a=fmtp` of SDP. */
  readonly parameters: Record<string, number | string>;
  readonly ssrc: number;
  /** Id of the header extension abs-capture-time; null where the publisher does not send it. */
  readonly absCaptureTimeId: number | null;
}

/** A copy of one track as plain RTP, RTCP on the same port, to an address of this machine. */
export interface TapLink extends Link {
  readonly track: TapTrack;
  requestKeyFrame(): Promise<void>;
}

/** Everything of one show that the SFU carries. It ends by itself when it stays empty. */
export interface SfuRoom {
  readonly showId: ShowId;
  readonly endReason: LinkEndReason | null;
  onEnd(listener: (reason: LinkEndReason) => void): void;
  end(reason: LinkEndReason): void;
  publish(streamId: StreamId): Promise<PublishLink>;
  /** Throws AppError INVALID_INPUT, NO_COMMON_CODEC, STREAM_NOT_PUBLISHED. */
  watch(streamId: StreamId, rtpCapabilities: OpaqueJson): Promise<WatchLink>;
  ingest(streamId: StreamId, tracks: readonly RtpTrack[]): Promise<IngestLink>;
  /** Throws AppError STREAM_NOT_PUBLISHED. */
  tap(streamId: StreamId, options: TapOptions): Promise<TapLink>;
  /** What a stream is made of at the moment. */
  tracks(streamId: StreamId): StreamTrack[];
  /** How well a stream arrives; empty when there is no such stream. */
  trackFigures(streamId: StreamId): Promise<TrackFigures[]>;
  /** Bits per second that are sent to those who watch. */
  outgoingBps(): Promise<number>;
}

export interface SfuFigures {
  readonly workers: number;
  readonly rooms: number;
  /** Routers on further workers, to which large rooms have grown. */
  readonly branches: number;
  readonly transports: number;
  readonly producers: number;
  readonly consumers: number;
  /** Tracks that are passed from a room's home to one of its branches. */
  readonly pipes: number;
}

/** Consumers that get the same of their tracks. */
export interface ConsumerCount {
  readonly kind: MediaKind;
  /** The layer of a simulcast track that is sent, or why there is none. */
  readonly layer: 'low' | 'middle' | 'high' | 'only' | 'none' | 'paused';
  readonly count: number;
}

/** What the SFU carries at the moment. */
export interface SfuLoad {
  readonly incomingBps: number;
  readonly outgoingBps: number;
  readonly consumers: readonly ConsumerCount[];
  readonly workers: readonly {
    readonly index: number;
    readonly cpuSeconds: number;
    readonly consumers: number;
  }[];
  /** Since the start. */
  readonly workerDeaths: number;
}

/**
 * The port to whatever forwards the media. One adapter runs the SFU in this process's care;
 * a cluster whose own client library negotiates would offer rooms through its `ticket` only.
 */
export interface SfuBackend {
  /** What the SFU can receive and send, the same for every show; needed by a page before it joins. */
  readonly rtpCapabilities: OpaqueJson;
  start(): Promise<void>;
  /** The room of a show; made when it is not there. Throws AppError UNAVAILABLE while no worker runs. */
  openRoom(showId: ShowId): Promise<SfuRoom>;
  /** Ends the room of a show, when there is one. */
  endRoom(showId: ShowId, reason: LinkEndReason): void;
  figures(): SfuFigures;
  /** As of the last seconds: asking often costs nothing. Throws AppError UNAVAILABLE. */
  load(): Promise<SfuLoad>;
  /** Ends every room and frees everything. Idempotent. */
  stop(): Promise<void>;
}
