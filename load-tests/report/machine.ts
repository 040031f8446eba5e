import os from 'node:os';

/** Where a run took place, so that its figures can be read. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryMb: number;
  readonly os: string;
  readonly node: string;
}

/** This machine. */
export function describeMachine(): Machine {
  return {
    cpu: os.cpus()[0]?.model ?? 'unknown',
    cores: os.availableParallelism(),
    memoryMb: Math.round(os.totalmem() / 1_048_576),
    os: `${os.type()} ${os.release()} ${os.arch()}`,
    node: process.version,
  };
}
