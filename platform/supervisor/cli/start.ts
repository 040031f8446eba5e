import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { createHouse } from '../house/house.ts';
import { fromRoot, stateDir } from '../paths.ts';
import { createProcessTable } from '../process/process-table.ts';
import { prepareMachine } from '../setup/prepare-machine.ts';
import { announce } from '../start/announce.ts';
import { listLanAddresses } from '../start/lan-addresses.ts';
import { claimInstance, type Instance } from '../start/single-instance.ts';
import { parseStartOptions, type StartOptions } from '../start/start-options.ts';
import { endOnSignal } from '../start/wait-for-end.ts';
import { runCli } from './run-cli.ts';

// Whoever read the output may be gone; the house goes on, and its logs are in files.
process.stdout.on('error', () => {});
const print = (line: string) => console.log(line);

await runCli(async () => {
  if (existsSync(fromRoot('.env'))) process.loadEnvFile(fromRoot('.env'));
  const options = parseStartOptions(process.argv.slice(2), process.env);
  await prepareMachine('run');
  mkdirSync(stateDir, { recursive: true, mode: 0o711 }); // PostgreSQL's user passes through; files are private

  const instance = await claimInstance(createProcessTable(path.join(stateDir, 'processes')), print);
  try {
    return await runHouse(options, instance);
  } finally {
    instance.release();
  }
});

async function runHouse(options: StartOptions, instance: Instance): Promise<number> {
  const lan = options.https ? listLanAddresses() : [];
  const house = createHouse({
    stateDir,
    port: options.port,
    host: options.host,
    publicName: 'localhost',
    tls: options.https ? await makeCertificate(lan) : undefined,
    announcedAddress: lan[0],
    demo: options.demo,
    disposable: false,
    env: process.env,
    report: print,
  });
  const ending = endOnSignal(house, {
    onBegin(reason) {
      instance.announceEnd();
      print(`\n${reason}: ending …`);
    },
  });
  try {
    print('• Starting …');
    const { origin } = await house.start();
    await announce(
      {
        origin,
        demo: options.demo,
        lanUrl: lan[0] && origin.replace('localhost', lan[0]),
        elapsedSeconds: performance.now() / 1000,
      },
      print,
    );
  } catch (error) {
    // Ended while it was coming up: what failed by that is no news.
    if (!ending.hasBegun()) {
      await house.stop();
      throw error;
    }
  }
  await ending.done;
  print('Souk has ended.');
  return 0;
}

/** Loaded only when it is needed: the libraries behind it take longer than the rest of this program. */
async function makeCertificate(addresses: readonly string[]) {
  const { ensureCertificate } = await import('../start/certificate.ts');
  return await ensureCertificate(stateDir, addresses);
}
