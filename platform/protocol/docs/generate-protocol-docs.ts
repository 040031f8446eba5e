import { writeFileSync } from 'node:fs';
import { protocolDocsUrl } from './protocol-docs-url.ts';
import { renderProtocol } from './render-protocol.ts';

// Run by: npx tsx platform/protocol/docs/generate-protocol-docs.ts
writeFileSync(protocolDocsUrl, renderProtocol());
