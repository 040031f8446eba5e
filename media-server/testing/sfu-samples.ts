import { generateRouterRtpCapabilities } from 'mediasoup/ortc';
import { readCapabilities } from '../sdp/choose-codec.ts';
import type { TransportView } from '../sdp/transport-view.ts';
import { roomCodecs } from '../sfu/mediasoup/codecs.ts';

/** What the SFU can receive and send. */
export const sfuCapabilities = readCapabilities({ ...generateRouterRtpCapabilities(roomCodecs) });

/** The SFU's half of a connection. */
export const transportView: TransportView = {
  ice: { usernameFragment: 'ourname', password: 'ourpassword1234567890ab' },
  candidates: [
    { foundation: 'udpcandidate', priority: 1_076_302_079, ip: '192.0.2.7', protocol: 'udp', port: 40_000 },
    {
      foundation: 'tcpcandidate',
      priority: 1_076_276_479,
      ip: '2001:db8::7',
      protocol: 'tcp',
      port: 40_000,
      tcpType: 'passive',
    },
  ],
  fingerprint: { type: 'sha-256', hash: Array.from({ length: 32 }, () => 'AB').join(':') },
};
