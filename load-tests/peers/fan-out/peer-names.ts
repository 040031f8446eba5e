/** The servers that the hub is measured against. */
export const peerNames = ['socket.io on ws', 'socket.io on uWebSockets.js', 'raw uWebSockets.js'] as const;
export type PeerName = (typeof peerNames)[number];
