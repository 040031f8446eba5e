export interface TlsFiles {
  certFile: string;
  keyFile: string;
}

/** How much of a demo a house holds: nothing, the shop with its accounts, or the shop with its show on air. */
export type DemoExtent = 'none' | 'shop' | 'show';

/** How one house is set up: the one of `npm start`, or a throw-away one of a test or a load run. */
export interface HouseOptions {
  /** Folder of everything that is kept: secrets, ports, logs, data. */
  stateDir: string;
  /** Public port; 0 lets the system choose. */
  port: number;
  /** Address that the public port listens on. */
  host: string;
  /** Host name in the announced origin. */
  publicName: string;
  tls?: TlsFiles | undefined;
  /** Address at which browsers reach the media ports; without it media-server finds those of this machine. */
  announcedAddress?: string | undefined;
  demo: DemoExtent;
  /** Throw-away data: databases do not flush to the disk. */
  disposable: boolean;
  /** Variables from outside; they win over what the house would choose. */
  env: NodeJS.ProcessEnv;
  /** Lines for whoever watches: deaths, restarts, errors. */
  report(line: string): void;
}

/** Where a running house is reached. */
export interface HouseAddress {
  origin: string;
  databaseUrl: string;
  redisUrl: string;
}
