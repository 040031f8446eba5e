import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

/** A script of the bench in a process of its own, so that its work does not slow down what is measured. */
export interface HelperProcess<Reply> {
  readonly pid: number;
  /** Sends a message and waits for its answer; one at a time. Rejects when the helper fails or is gone. */
  ask(message: unknown): Promise<Reply>;
  stop(): Promise<void>;
}

const envelopeSchema = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), reply: z.unknown() }),
  z.object({ ok: z.literal(false), reason: z.string() }),
]);

/** Starts a script that calls `answerMessages`. It ends when we do; `nodeOptions` are flags of Node. */
export async function startHelper<Schema extends z.ZodType>(
  script: URL,
  replySchema: Schema,
  nodeOptions: readonly string[] = [],
): Promise<HelperProcess<z.output<Schema>>> {
  const child = fork(fileURLToPath(script), [], {
    execArgv: ['--import', 'tsx', ...nodeOptions],
    serialization: 'advanced',
    detached: true,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const exited = once(child, 'exit');
  await once(child, 'spawn');
  return {
    pid: child.pid ?? 0,
    async ask(message) {
      const answered = once(child, 'message');
      child.send(message as object);
      const gone = exited.then((): never => {
        throw new Error(`${script.pathname} ended before it answered`);
      });
      const [answer] = await Promise.race([answered, gone]);
      const envelope = envelopeSchema.parse(answer);
      if (!envelope.ok) throw new Error(envelope.reason);
      return replySchema.parse(envelope.reply);
    },
    async stop() {
      if (child.connected) child.disconnect();
      await exited;
    },
  };
}

/** The helper's side: answers each message, and ends when nobody can ask any more. */
export function answerMessages(answer: (message: unknown) => Promise<unknown>): void {
  const tell = (envelope: z.input<typeof envelopeSchema>): void => void process.send?.(envelope);
  process.on('message', (message) => {
    answer(message).then(
      (reply) => tell({ ok: true, reply }),
      (error: unknown) =>
        tell({ ok: false, reason: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
    );
  });
  process.once('disconnect', () => process.exit());
}
