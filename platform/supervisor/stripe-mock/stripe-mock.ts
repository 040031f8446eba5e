import { existsSync } from 'node:fs';
import path from 'node:path';
import { cacheDir } from '../paths.ts';
import { findExecutable } from '../setup/find-executable.ts';

/** Stripe's own check of requests against its OpenAPI description; a Go program, for tests only. */
export const STRIPE_MOCK_MODULE = 'github.com/stripe/stripe-mock';
/** Pinned; what is fetched is checked by Go against its public log of checksums. */
export const STRIPE_MOCK_VERSION = 'v0.203.0';

/** Where the program is kept: outside the checkout, so that it is built once. */
export function stripeMockDir(env: NodeJS.ProcessEnv = process.env): string {
  const build = `${STRIPE_MOCK_VERSION}-${process.platform}-${process.arch}`;
  return path.join(cacheDir(env), 'stripe-mock', build);
}

/** The built program, or undefined where it was not built: there is no Go, or its source could not be fetched. */
export function findStripeMock(env: NodeJS.ProcessEnv = process.env): string | undefined {
  const file = path.join(stripeMockDir(env), 'stripe-mock');
  return existsSync(file) ? file : undefined;
}

/** Go, where it is installed. */
export function findGo(): string | undefined {
  return findExecutable('go') ?? (existsSync('/usr/local/go/bin/go') ? '/usr/local/go/bin/go' : undefined);
}
