/** Where the generated page stands. */
export const protocolDocsUrl = new URL('../../../docs/protocol.md', import.meta.url);
