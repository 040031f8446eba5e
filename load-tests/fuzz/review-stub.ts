import { once } from 'node:events';
import { createServer } from 'node:http';

/** Somebody's review service, which is of many minds, and at times of none. */
export interface ReviewStub {
  readonly url: string;
  stop(): Promise<void>;
}

/** Longer than the house waits. */
const SLOW_MS = 400;
const answers = [
  { decision: 'allow' },
  { decision: 'deny' },
  { decision: 'rewrite', text: 'Something kinder' },
  { decision: 'rewrite', text: '' },
  { decision: 'maybe' },
];

/** Answers each question with the next of its answers, good and bad, and each sixth too late. */
export async function startReviewStub(): Promise<ReviewStub> {
  let asked = 0;
  const server = createServer((request, response) => {
    const answer = answers[asked % (answers.length + 1)];
    asked += 1;
    request.resume().on('end', () => {
      const tell = (): void => void response.end(JSON.stringify(answer ?? { decision: 'allow' }));
      if (answer === undefined) setTimeout(tell, SLOW_MS);
      else tell();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the review stub has no port');
  return {
    url: `http://127.0.0.1:${address.port}/review`,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
