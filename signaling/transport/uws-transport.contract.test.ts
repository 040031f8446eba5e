import { describeHubTransport } from './hub-transport.contract.ts';
import { createUwsTransport, findUws } from './uws-transport.ts';

const found = await findUws();
if (!('uws' in found)) throw new Error('there is no binary for this machine', { cause: found.cause });
const { uws } = found;

describeHubTransport('transport on uWebSockets.js', (options) => createUwsTransport(uws, options));
