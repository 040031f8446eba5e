import { createServer } from 'node:net';

/** A TCP port that is free on the address right now, chosen by the system. */
export function findFreePort(host = '127.0.0.1'): Promise<number> {
  return listenOnce(0, host);
}

/** Whether a TCP port can be listened on. */
export async function isPortFree(port: number, host: string): Promise<boolean> {
  try {
    await listenOnce(port, host);
    return true;
  } catch {
    return false;
  }
}

/** The wanted port if it is free, else the next free one above it. Throws after 50 busy ones. */
export async function findPortFrom(wantedPort: number, host: string): Promise<number> {
  for (let port = wantedPort; port < wantedPort + 50; port += 1) {
    if (await isPortFree(port, host)) return port;
  }
  throw new Error(`No free port between ${wantedPort} and ${wantedPort + 49}`);
}

function listenOnce(port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address();
      const chosen = typeof address === 'object' && address ? address.port : port;
      server.close(() => resolve(chosen));
    });
  });
}
