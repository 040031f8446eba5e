import type { DemoExtent } from '../house/options.ts';

export interface Announcement {
  origin: string;
  demo: DemoExtent;
  /** Address for other devices, if the origin is reachable from them. */
  lanUrl?: string | undefined;
  /** Seconds from the command to here. */
  elapsedSeconds: number;
}

const demoLogins = ['host', 'moderator', 'merchant', 'viewer', 'admin'];

/** What is printed when all is up; the first line is the one that scripts wait for. */
export async function announce(facts: Announcement, print: (line: string) => void): Promise<void> {
  print('');
  print(`Souk is ready: ${facts.origin}`);
  print(`  (after ${facts.elapsedSeconds.toFixed(1)} s)`);
  if (facts.lanUrl) {
    print(`  On a phone in the same network: ${facts.lanUrl}`);
    print('  Its certificate is self-made: the browser asks once whether to go on.');
    const { default: QRCode } = await import('qrcode');
    print(await QRCode.toString(facts.lanUrl, { type: 'terminal', small: true }));
  }
  for (const line of loginLines(facts)) print(line);
  print('  Ctrl-C ends it.');
}

function loginLines({ demo }: Announcement): string[] {
  if (demo !== 'none')
    return [`  Log in as ${demoLogins.map((name) => `${name}@`).join(', ')}souk.local, password souk-demo`];
  return ['  There are no demo accounts. The first admin: npm run create-admin -- you@example.com'];
}
