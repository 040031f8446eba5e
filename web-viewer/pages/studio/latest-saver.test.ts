import { describe, expect, it } from 'vitest';
import { createLatestSaver } from './latest-saver.ts';

/** A server that answers when it is told to. */
function createSlowServer() {
  const asked: { readonly value: string; readonly answer: (error?: Error) => void }[] = [];
  const send = (value: string): Promise<void> =>
    new Promise((resolve, reject) => {
      asked.push({ value, answer: (error) => (error === undefined ? resolve() : reject(error)) });
    });
  return { send, asked };
}

describe('a saver of the latest value', () => {
  it('sends one value at a time, and of those that wait only the newest', async () => {
    const { send, asked } = createSlowServer();
    const saver = createLatestSaver(send);
    const saved = ['a', 'b', 'c'].map((value) => saver.save(value));
    expect(asked.map(({ value }) => value)).toEqual(['a']);
    asked[0]?.answer();
    await expect.poll(() => asked.map(({ value }) => value)).toEqual(['a', 'c']);
    asked[1]?.answer();
    await Promise.all(saved);
    await saver.settled();
    expect(asked).toHaveLength(2);
  });

  it('is not settled before what waits is saved', async () => {
    const { send, asked } = createSlowServer();
    const saver = createLatestSaver(send);
    const order: string[] = [];
    void saver.save('title').then(() => order.push('saved'));
    const settled = saver.settled().then(() => order.push('settled'));
    asked[0]?.answer();
    await settled;
    expect(order).toEqual(['saved', 'settled']);
  });

  it('says when saving fails, and saves the next value as if nothing had been', async () => {
    const { send, asked } = createSlowServer();
    const saver = createLatestSaver(send);
    const failed = saver.save('a');
    asked[0]?.answer(new Error('refused'));
    await expect(failed).rejects.toThrow('refused');
    await saver.settled();
    const saved = saver.save('b');
    asked[1]?.answer();
    await saved;
    expect(asked.map(({ value }) => value)).toEqual(['a', 'b']);
  });
});
