/** The real jq, in WebAssembly, in a thread of its own that is ended when an expression takes too long. */
import { Worker } from 'node:worker_threads';
import type { Jq, Selected } from '../../ports/jq.ts';
import { forgiveAbsence } from './forgive-absence.ts';
import type { Answer, Question } from './jq-worker.ts';
import { readPaths } from './read-paths.ts';

/** As in Argo CD. */
const limitMs = 1_000;
/** jq is loaded and compiled once, which takes its time on a busy machine. */
const startMs = 30_000;
/** What takes too long does so for each object of a kind: it is not tried again for this long. */
const refusedForMs = 60_000;

const tooLong = { because: `it takes longer than ${limitMs / 1_000} s` };
const tooLarge = { because: 'it needs more than 256 MB' };

/** Nothing is started before the first expression, and no process stays alive for it. */
export function openJq(): Jq & { close(): Promise<void> } {
  const refusedUntil = new Map<string, number>();
  let thread: Promise<Worker> | null = null;
  let turn: Promise<unknown> = Promise.resolve();

  async function close(): Promise<void> {
    const ending = thread;
    thread = null;
    await (await ending?.catch(() => null))?.terminate();
  }

  async function selectOne(expression: string, value: unknown): Promise<Selected> {
    if ((refusedUntil.get(expression) ?? 0) > performance.now()) return tooLong;
    thread ??= startThread().catch((error) => {
      thread = null;
      throw error;
    });
    const json = JSON.stringify(value);
    let answer = await ask(await thread, { expression, json });
    if (isAbsence(answer)) answer = await ask(await thread, { expression: forgiveAbsence(expression), json });
    if (typeof answer !== 'string' && !isBroken(answer)) return readPaths(answer, value);
    await close();
    if (answer === 'late') refusedUntil.set(expression, performance.now() + refusedForMs);
    return answer === 'late' ? tooLong : tooLarge;
  }

  return {
    select(expressions, value) {
      const selected = turn.then(async () => {
        const all: Selected[] = [];
        for (const expression of expressions) all.push(await selectOne(expression, value));
        return all;
      });
      turn = selected.catch(() => undefined);
      return selected;
    },
    close,
  };
}

async function startThread(): Promise<Worker> {
  const { jqWorker } = await import('./jq-worker.ts');
  const worker = new Worker(new URL(jqWorker.url), {
    workerData: jqWorker.mark,
    env: {},
    // Nobody reads what jq prints when it breaks.
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: 128 },
  });
  worker.on('error', () => undefined);
  worker.unref();
  const started = await answerOf(worker, startMs);
  if (typeof started !== 'string') return worker;
  await worker.terminate();
  throw new Error(`jq could not be started: ${started}`);
}

function isAbsence(answer: Answer | 'late' | 'ended'): boolean {
  return typeof answer !== 'string' && 'error' in answer && answer.error.includes('Cannot iterate over null');
}

/** jq's own heap ends at 256 MB, and jq with it. */
function isBroken(answer: Answer): boolean {
  return 'error' in answer && /Aborted\(|out of bounds|unreachable|call stack/.test(answer.error);
}

function ask(worker: Worker, question: Question): Promise<Answer | 'late' | 'ended'> {
  const answer = answerOf(worker, limitMs);
  worker.postMessage(question);
  return answer;
}

function answerOf(worker: Worker, withinMs: number): Promise<Answer | 'late' | 'ended'> {
  return new Promise((resolve) => {
    const onMessage = (answer: Answer) => done(answer);
    const onExit = () => done('ended');
    const timer = setTimeout(() => done('late'), withinMs);
    function done(outcome: Answer | 'late' | 'ended') {
      clearTimeout(timer);
      worker.off('message', onMessage).off('exit', onExit);
      resolve(outcome);
    }
    worker.on('message', onMessage).on('exit', onExit);
  });
}
