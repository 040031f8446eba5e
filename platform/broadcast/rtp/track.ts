/** A track that arrives as plain RTP from this machine. */
export interface RtpTrack {
  readonly kind: 'audio' | 'video';
  readonly mimeType: string;
  readonly payloadType: number;
  readonly clockRate: number;
  readonly channels?: number;
  readonly ssrc: number;
  readonly parameters?: Readonly<Record<string, number | string>>;
  /** Id of the abs-capture-time header extension, when the packets carry it. */
  readonly absCaptureTimeId?: number;
  /** True when the sender makes key frames when asked by RTCP (PLI). */
  readonly answersKeyFrameRequests?: true;
}

/** Where a track is sent to. */
export interface RtpPort {
  readonly kind: 'audio' | 'video';
  readonly ip: string;
  readonly port: number;
  readonly rtcpPort: number;
}
