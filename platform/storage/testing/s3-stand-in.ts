import { createHash, createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A storage that speaks S3, kept in memory, for tests. It checks signatures and fails on request. */
export interface S3StandIn {
  readonly endpoint: string;
  /** The next requests are answered with this status. */
  failNext(status: number, times: number): void;
  /** How an object was put. */
  headersOf(key: string): Readonly<Record<string, string>> | undefined;
  close(): Promise<void>;
}

export interface S3Account {
  readonly bucket: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

interface Kept {
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string | number>>;
  readonly body?: Buffer | string;
}

const PAGE = 10;

/** Starts it on loopback. Throws in production: what it keeps is gone with the process. */
export async function startS3StandIn(
  account: S3Account,
  env: NodeJS.ProcessEnv = process.env,
): Promise<S3StandIn> {
  if (env['NODE_ENV'] === 'production') throw new Error('the stand-in of S3 is refused in production');
  const kept = new Map<string, Kept>();
  let failures = { status: 500, times: 0 };
  const answer = async (request: IncomingMessage): Promise<Reply> => {
    const body = await readBody(request);
    if (failures.times > 0) {
      failures = { ...failures, times: failures.times - 1 };
      return { status: failures.status, body: '<Error/>' };
    }
    if (!isSigned(request, body, account)) return { status: 403, body: '<Code>SignatureDoesNotMatch</Code>' };
    const url = new URL(request.url ?? '/', 'http://stand-in');
    const [, bucket, ...rest] = url.pathname.split('/');
    if (bucket !== account.bucket) return { status: 404, body: '<Code>NoSuchBucket</Code>' };
    const key = rest.join('/');
    return key === '' ? list(kept, url.searchParams) : handle(kept, key, request, body);
  };
  const server = createServer((request, response) => {
    answer(request).then(
      (reply) => send(response, reply),
      () => send(response, { status: 500 }),
    );
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    failNext(status, times) {
      failures = { status, times };
    },
    headersOf: (key) => kept.get(key)?.headers,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function handle(kept: Map<string, Kept>, key: string, request: IncomingMessage, body: Buffer): Reply {
  switch (request.method) {
    case 'PUT': {
      const { 'content-type': contentType = '', 'cache-control': cacheControl = '' } = request.headers;
      kept.set(key, { body, headers: { 'content-type': contentType, 'cache-control': cacheControl } });
      return { status: 200 };
    }
    case 'DELETE':
      kept.delete(key);
      return { status: 204 };
    case 'GET':
    case 'HEAD':
      return read(kept.get(key), request.headers.range);
    default:
      return { status: 405 };
  }
}

function read(found: Kept | undefined, range: string | undefined): Reply {
  if (found === undefined) return { status: 404, body: '<Code>NoSuchKey</Code>' };
  const { body, headers } = found;
  const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(range ?? '') ?? [];
  if (from === undefined)
    return { status: 200, headers: { ...headers, 'content-length': body.length }, body };
  const start = Number(from);
  if (start >= body.length) return { status: 416, body: '<Code>InvalidRange</Code>' };
  const end = Math.min(to ? Number(to) : body.length - 1, body.length - 1);
  const part = body.subarray(start, end + 1);
  const contentRange = `bytes ${start}-${end}/${body.length}`;
  return {
    status: 206,
    headers: { ...headers, 'content-range': contentRange, 'content-length': part.length },
    body: part,
  };
}

function list(kept: ReadonlyMap<string, Kept>, query: URLSearchParams): Reply {
  const after = query.get('continuation-token') ?? '';
  const keys = [...kept.keys()]
    .filter((key) => key.startsWith(query.get('prefix') ?? '') && key > after)
    .sort();
  const page = keys.slice(0, PAGE);
  const isCut = keys.length > PAGE;
  const contents = page.map(
    (key) => `<Contents><Key>${key}</Key><Size>${kept.get(key)?.body.length}</Size></Contents>`,
  );
  const next = isCut ? `<NextContinuationToken>${page.at(-1)}</NextContinuationToken>` : '';
  const xml = `<ListBucketResult><IsTruncated>${isCut}</IsTruncated>${next}${contents.join('')}</ListBucketResult>`;
  return { status: 200, headers: { 'content-type': 'application/xml' }, body: xml };
}

function send(response: ServerResponse, { status, headers = {}, body }: Reply): void {
  response.writeHead(status, headers).end(response.req.method === 'HEAD' ? undefined : body);
}

/** Signature version 4, as the header `Authorization` carries it. */
function isSigned(request: IncomingMessage, body: Buffer, account: S3Account): boolean {
  const pattern =
    /^AWS4-HMAC-SHA256 Credential=(\S+?)\/(\d{8})\/(\S+?)\/s3\/aws4_request, SignedHeaders=(\S+), Signature=(\w{64})$/;
  const [, id, day = '', region, names = '', signature] =
    pattern.exec(request.headers.authorization ?? '') ?? [];
  if (id !== account.accessKeyId || region !== account.region) return false;
  const headerOf = (name: string): string => String(request.headers[name] ?? '').trim();
  const claimed = headerOf('x-amz-content-sha256');
  if (claimed !== 'UNSIGNED-PAYLOAD' && claimed !== sha256(body)) return false;
  const url = new URL(request.url ?? '/', 'http://stand-in');
  const query = [...url.searchParams]
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .sort();
  const canonical = [
    request.method,
    url.pathname,
    query.join('&'),
    ...names.split(';').map((name) => `${name}:${headerOf(name)}`),
    '',
    names,
    claimed,
  ].join('\n');
  const toSign = [
    'AWS4-HMAC-SHA256',
    headerOf('x-amz-date'),
    `${day}/${region}/s3/aws4_request`,
    sha256(Buffer.from(canonical)),
  ].join('\n');
  const parts = [day, account.region, 's3', 'aws4_request'];
  const key = parts.reduce<Buffer>(
    (secret, part) => createHmac('sha256', secret).update(part).digest(),
    Buffer.from(`AWS4${account.secretAccessKey}`),
  );
  return createHmac('sha256', key).update(toSign).digest('hex') === signature;
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
}
