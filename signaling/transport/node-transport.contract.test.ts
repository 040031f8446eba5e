import { describeHubTransport } from './hub-transport.contract.ts';
import { createNodeTransport } from './node-transport.ts';

describeHubTransport("transport on Node's HTTP server", createNodeTransport);
