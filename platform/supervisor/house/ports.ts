import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { findFreePort, isPortFree } from '../process/free-port.ts';

const portNames = ['postgres', 'redis', 'commerce', 'signaling', 'media', 'workers'] as const;
export type PortName = (typeof portNames)[number];
export type Ports = Record<PortName, number>;

const portsSchema = z.partialRecord(z.enum(portNames), z.number().int().positive());

/** Ports of the inside, on loopback only: those of the last start where they are still free, else fresh ones. */
export async function choosePorts(stateDir: string): Promise<Ports> {
  const last = readPorts(stateDir);
  const entries: [PortName, number][] = [];
  for (const name of portNames)
    entries.push([
      name,
      await choosePort(
        last[name],
        entries.map(([, port]) => port),
      ),
    ]);
  const ports = Object.fromEntries(entries) as Ports;
  writeFileSync(portsFile(stateDir), JSON.stringify(ports));
  return ports;
}

async function choosePort(last: number | undefined, taken: readonly number[]): Promise<number> {
  if (last !== undefined && !taken.includes(last) && (await isPortFree(last, '127.0.0.1'))) return last;
  const port = await findFreePort();
  return taken.includes(port) ? choosePort(undefined, taken) : port;
}

/** The ports of the last start, as far as they are known. */
export function readPorts(stateDir: string): z.output<typeof portsSchema> {
  try {
    return portsSchema.parse(JSON.parse(readFileSync(portsFile(stateDir), 'utf8')));
  } catch {
    return {}; // the first start, or a damaged file: fresh ports do as well
  }
}

function portsFile(stateDir: string): string {
  return path.join(stateDir, 'ports.json');
}
