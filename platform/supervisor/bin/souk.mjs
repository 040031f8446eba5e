#!/usr/bin/env node
// The door of every command (`npm start`, `npm test`, …). Plain Node without a single dependency,
// because in a fresh clone there is no node_modules yet: it puts the dependencies in place, then hands over.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const MIN_NODE = [20, 19];
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../..');
const stampFile = path.join(root, 'node_modules/.souk-lock-hash');
const commands = ['setup', 'start', 'reset', 'test', 'check', 'load', 'chaos', 'create-admin'];
const [command = '', ...args] = process.argv.slice(2);

/**
 * Ends the command with words for what failed, why, and what to do.
 * @param {string} what
 * @param {string} why
 * @param {string} todo
 * @returns {never}
 */
function fail(what, why, todo) {
  console.error(`\n✗ ${what}\n  why:  ${why}\n  do:   ${todo}\n`);
  process.exit(1);
}

function assertNodeVersion() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [minMajor = 0, minMinor = 0] = MIN_NODE;
  if (major > minMajor || (major === minMajor && minor >= minMinor)) return;
  fail(
    'This Node.js is too old.',
    `Souk needs Node ${MIN_NODE.join('.')} or newer, this is ${process.versions.node}.`,
    'Install a newer Node.js from https://nodejs.org and run the command again.',
  );
}

function lockHash() {
  const lock = readFileSync(path.join(root, 'package-lock.json'));
  return createHash('sha256').update(lock).update(process.version).update(process.platform).digest('hex');
}

function dependenciesAreCurrent() {
  if (!existsSync(path.join(root, 'node_modules/tsx/package.json'))) return false;
  return existsSync(stampFile) && readFileSync(stampFile, 'utf8') === lockHash();
}

/**
 * Shows that a long step is alive: a rewritten line on a terminal, else one line every ten seconds.
 * @param {string} title
 * @returns {() => void} stops it
 */
function showElapsed(title) {
  const startedAtMs = Date.now();
  const isTerminal = process.stdout.isTTY === true;
  if (!isTerminal) console.log(`• ${title} …`);
  const timer = setInterval(
    () => {
      const seconds = Math.round((Date.now() - startedAtMs) / 1000);
      if (isTerminal) process.stdout.write(`\r\x1b[K• ${title} … ${seconds} s`);
      else console.log(`  … ${title}: ${seconds} s`);
    },
    isTerminal ? 1_000 : 10_000,
  );
  return () => {
    clearInterval(timer);
    const seconds = ((Date.now() - startedAtMs) / 1000).toFixed(1);
    console.log(`${isTerminal ? '\r\x1b[K' : ''}✓ ${title} (${seconds} s)`);
  };
}

/**
 * A fresh clone gets exactly what the lockfile says. Where there is a node_modules already, only the difference is
 * installed: `npm ci` would first delete everything under the feet of whatever runs from there.
 */
function npmArguments() {
  const quiet = ['--no-audit', '--no-fund'];
  return existsSync(path.join(root, 'node_modules')) ? ['install', '--no-save', ...quiet] : ['ci', ...quiet];
}

/**
 * Runs npm; collects its output, to be shown only if it fails.
 * @returns {Promise<{ code: number, output: string }>}
 */
function runNpm() {
  return new Promise((resolve) => {
    const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
    const child = spawn(npm, npmArguments(), {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    child.stdout.on('data', (chunk) => {
      output += chunk;
    });
    child.stderr.on('data', (chunk) => {
      output += chunk;
    });
    child.on('error', (error) => resolve({ code: 1, output: `${output}\n${error.message}` }));
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

async function ensureDependencies() {
  if (dependenciesAreCurrent()) return;
  const done = showElapsed('npm dependencies');
  const { code, output } = await runNpm();
  if (code !== 0) {
    const lastLines = output.trim().split('\n').slice(-12).join('\n        ');
    fail(
      'The npm dependencies could not be installed.',
      lastLines,
      'Check the network and the npm registry setting, then run the command again.',
    );
  }
  mkdirSync(path.dirname(stampFile), { recursive: true });
  writeFileSync(stampFile, lockHash());
  done();
}

/** Runs the TypeScript command in a process of its own, and ends as it ends. */
function handOver() {
  const script = path.join(root, 'platform/supervisor/cli', `${command}.ts`);
  const child = spawn(process.execPath, ['--import', 'tsx/esm', script, ...args], {
    cwd: root,
    // The channel tells the command when this process is gone, even by a kill -9.
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  /** @type {NodeJS.Signals[]} */
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) {
    // A Ctrl-C reaches the child by itself (same process group); the pass-on is for signals sent to this process alone.
    process.on(signal, () => {
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    });
  }
  // npm cannot say good-bye when it is killed: then this process has another parent.
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) child.kill('SIGTERM');
  }, 1_000).unref();
  child.on('error', (error) =>
    fail(`The command ${command} did not start.`, error.message, 'Run `npm ci`, then the command again.'),
  );
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 1);
  });
}

if (!commands.includes(command)) {
  fail(
    `Unknown command "${command}".`,
    `Souk knows: ${commands.join(', ')}.`,
    'Run one of them, for example `npm start`.',
  );
}
assertNodeVersion();
await ensureDependencies();
handOver();
