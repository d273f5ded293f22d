/** The thread that jq runs in: it can be ended whatever jq is at. Loaded by the main thread, the file only says where it is. */
import { isMainThread, parentPort, workerData } from 'node:worker_threads';

/** `mark` is what the thread is started with, so that it is told from any other thread that loads this file. */
export const jqWorker = { url: import.meta.url, mark: 'trueup-jq' };

export type Question = { expression: string; json: string };
export type Answer = { text: string } | { error: string };

if (!isMainThread && workerData === jqWorker.mark) await serve();

async function serve(): Promise<void> {
  // Asked for by jq-wasm, which then reads nothing from there; in a bundle there is none.
  Object.assign(globalThis, { __dirname: '/' });
  // A bundle knows the default of a CommonJS package only.
  const { raw } = (await import('jq-wasm')).default;
  const answer = (message: Answer) => parentPort?.postMessage(message);
  parentPort?.on('message', ({ expression, json }: Question) => {
    // On a line of its own, so that a comment at its end does not take the bracket along.
    raw(json, `[path(${expression}\n)]`, ['-c']).then(
      (text) => answer({ text }),
      (error: unknown) => answer({ error: error instanceof Error ? error.message : String(error) }),
    );
  });
  // The first run compiles jq, which is nobody's time.
  answer({ text: await raw('null', '.') });
}
