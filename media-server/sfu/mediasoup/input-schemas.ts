import { AppError, issuesOf } from '@souk/runtime/app-error';
import type { types } from 'mediasoup';
import { z } from 'zod';
import type { OpaqueJson } from '../sfu-backend.ts';

/*
 * What a page may say about its media. mediasoup checks meaning (codecs that fit together);
 * these schemas check form and bounds first, so that nothing odd reaches the worker.
 * Words: https://mediasoup.org/documentation/v3/mediasoup/rtp-parameters-and-capabilities/
 */

const kind = z.enum(['audio', 'video']);
const word = z.string().max(200);
const uint32 = z.int().min(0).max(0xffff_ffff);
const payloadType = z.int().min(0).max(127);
const headerExtensionId = z.int().min(1).max(255);
const mimeType = z.string().regex(/^(?:audio|video)\/[\w.+-]{1,40}$/i);
const codecParameters = z
  .record(z.string().max(60), z.union([z.string().max(500), z.number(), z.boolean(), z.null()]))
  .refine((record) => Object.keys(record).length <= 40, 'too many parameters');
const rtcpFeedback = z.array(z.object({ type: word, parameter: word.optional() })).max(20);
const clockRate = z.int().min(1).max(1_000_000);
const channels = z.int().min(1).max(255);

export const rtpCapabilitiesSchema = z.object({
  codecs: z
    .array(
      z.object({
        kind,
        mimeType,
        preferredPayloadType: payloadType,
        clockRate,
        channels: channels.optional(),
        parameters: codecParameters.optional(),
        rtcpFeedback: rtcpFeedback.optional(),
      }),
    )
    .max(100),
  headerExtensions: z
    .array(
      z.object({
        kind,
        uri: word,
        preferredId: headerExtensionId,
        preferredEncrypt: z.boolean().optional(),
        direction: z.enum(['sendrecv', 'sendonly', 'recvonly', 'inactive']).optional(),
      }),
    )
    .max(60)
    .optional(),
});

export const rtpParametersSchema = z.object({
  mid: z.string().max(32).optional(),
  msid: word.optional(),
  codecs: z
    .array(
      z.object({
        mimeType,
        payloadType,
        clockRate,
        channels: channels.optional(),
        parameters: codecParameters.optional(),
        rtcpFeedback: rtcpFeedback.optional(),
      }),
    )
    .min(1)
    .max(20),
  headerExtensions: z
    .array(
      z.object({
        uri: word,
        id: headerExtensionId,
        encrypt: z.boolean().optional(),
        parameters: codecParameters.optional(),
      }),
    )
    .max(30)
    .optional(),
  encodings: z
    .array(
      z.object({
        ssrc: uint32.optional(),
        rid: z
          .string()
          .regex(/^[\w-]{1,16}$/)
          .optional(),
        codecPayloadType: payloadType.optional(),
        rtx: z.object({ ssrc: uint32 }).optional(),
        dtx: z.boolean().optional(),
        scalabilityMode: z.string().max(20).optional(),
        scaleResolutionDownBy: z.number().optional(),
        maxBitrate: uint32.optional(),
      }),
    )
    .min(1)
    .max(8),
  rtcp: z.object({ cname: z.string().max(256).optional(), reducedSize: z.boolean().optional() }).optional(),
});

export const dtlsParametersSchema = z.object({
  role: z.enum(['auto', 'client', 'server']).default('auto'),
  fingerprints: z
    .array(
      z.object({
        algorithm: z.enum(['sha-1', 'sha-224', 'sha-256', 'sha-384', 'sha-512']),
        value: z.string().regex(/^(?:[0-9A-Fa-f]{2}:){19,63}[0-9A-Fa-f]{2}$/),
      }),
    )
    .min(1)
    .max(8),
});

function parse<Output>(schema: z.ZodType<unknown>, value: OpaqueJson): Output {
  const result = schema.safeParse(value);
  if (!result.success) throw new AppError('INVALID_INPUT', { issues: issuesOf(result.error) });
  // mediasoup's types tell optional fields and header extension names more narrowly than its own checks need.
  return result.data as Output;
}

/** Throws AppError INVALID_INPUT. */
export const parseRtpCapabilities = (value: OpaqueJson): types.RtpCapabilities =>
  parse(rtpCapabilitiesSchema, value);
/** Throws AppError INVALID_INPUT. */
export const parseRtpParameters = (value: OpaqueJson): types.RtpParameters =>
  parse(rtpParametersSchema, value);
/** Throws AppError INVALID_INPUT. */
export const parseDtlsParameters = (value: OpaqueJson): types.DtlsParameters =>
  parse(dtlsParametersSchema, value);
