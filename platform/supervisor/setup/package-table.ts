/** How one thing that Souk needs from the system is recognised, and in which Debian or Ubuntu package it is. */
export interface SystemPackage {
  apt: string;
  purpose: string;
  /** Present when one of these programs is on the PATH… */
  programs?: readonly string[];
  /** …or when pkg-config knows this library. */
  library?: string;
}

export const runtimePackages: readonly SystemPackage[] = [
  {
    apt: 'redis-server',
    purpose: 'timelines, holds and queues',
    programs: ['redis-server', 'valkey-server'],
  },
  { apt: 'ffmpeg', purpose: 'demo show, recording and packaging', programs: ['ffmpeg'] },
];

export const testPackages: readonly SystemPackage[] = [
  {
    apt: 'chromium',
    purpose: 'end-to-end tests',
    programs: ['chromium', 'chromium-browser', 'google-chrome'],
  },
];

/** What the recipe for the mediasoup worker compiles and links with. */
export const workerBuildPackages: readonly SystemPackage[] = [
  { apt: 'g++', purpose: 'compiling the media worker', programs: ['g++'] },
  { apt: 'make', purpose: 'compiling the media worker', programs: ['make'] },
  { apt: 'pkg-config', purpose: 'compiling the media worker', programs: ['pkg-config'] },
  { apt: 'flatbuffers-compiler', purpose: 'compiling the media worker', programs: ['flatc'] },
  { apt: 'libflatbuffers-dev', purpose: 'media worker', library: 'flatbuffers' },
  { apt: 'libuv1-dev', purpose: 'media worker', library: 'libuv' },
  { apt: 'libssl-dev', purpose: 'media worker', library: 'openssl' },
  { apt: 'libsrtp2-dev', purpose: 'media worker', library: 'libsrtp2' },
];
