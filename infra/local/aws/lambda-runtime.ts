/** Runs a bundled function as Lambda does: a process of its own on Node, one event at a time, with its time and memory limits. */
import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Outcome, type Sandbox, type SandboxOptions, startSandbox } from './lambda-sandbox.ts';

export type LambdaRuntimeOptions = {
  /** The unzipped bundle. */
  folder: string;
  /** `functions/sync/handler.handler`, without the file's ending. */
  handler: string;
  timeoutMs: number;
  /** What the function is told it has, where it is to be ended without having seen it coming. Default: `timeoutMs`. */
  toldTimeoutMs?: number;
  memoryMb: number;
  /** All it gets, besides what Lambda itself sets. */
  env?: Readonly<Record<string, string>>;
  name?: string;
  /** Default: the Node that runs us. */
  node?: string;
};

export type InvocationResult = {
  /** `exit`: the process ended without an answer, or was killed for its memory. */
  kind: Outcome['kind'] | 'timeout';
  /** JSON: what the handler returned, else `{errorType, errorMessage}`. */
  body: string;
  durationMs: number;
  /** 0 when the process was there already. */
  initMs: number;
  /** Since its process started; 0 where there is no /proc. */
  maxRssMb: number;
};

export type LambdaRuntime = {
  /** After a time-out or the end of the process the next event gets a new one. Several events wait for one another. */
  invoke(event: unknown): Promise<InvocationResult>;
  /** All that was printed so far. */
  log(): Promise<string>;
  stop(): Promise<void>;
};

const initTakesAtMostMs = 10_000;
const maxRequestBytes = 6 * 1024 * 1024;

export async function startLambdaRuntime(options: LambdaRuntimeOptions): Promise<LambdaRuntime> {
  const folder = await mkdtemp(join(tmpdir(), 'trueup-lambda-'));
  const sandboxOptions = await prepare(options, folder);
  let sandbox: Sandbox | null = null;
  let turn: Promise<unknown> = Promise.resolve();
  let stopped = false;

  /** A warm one that has ended meanwhile, or still does what its last event began, is not the fault of this one. */
  const idleSandbox = async (): Promise<{ box: Sandbox; cold: boolean; failed: Outcome | null | 'timeout' }> => {
    const warm = sandbox;
    const left = warm === null ? null : await within(options.timeoutMs, warm.idle());
    if (warm !== null && left === null) return { box: warm, cold: false, failed: null };
    await end(warm);
    const box = await startSandbox(sandboxOptions);
    sandbox = box;
    return { box, cold: true, failed: await within(initTakesAtMostMs, box.idle()) };
  };

  const invokeNow = async (payload: string): Promise<InvocationResult> => {
    if (stopped) throw new Error('The Lambda runtime was stopped.');
    const { box, cold, failed } = await idleSandbox();
    const startedMs = performance.now();
    const outcome = failed ?? (await within(options.timeoutMs, box.run(invocation(options, payload))));
    const durationMs = performance.now() - startedMs;
    const limitMs = failed === null ? options.timeoutMs : initTakesAtMostMs;
    if (outcome === 'timeout' || failed !== null) await end(box);
    const figures = { durationMs, initMs: cold ? box.initMs : 0, maxRssMb: box.maxRssMb };
    return { ...(outcome === 'timeout' ? timedOut(limitMs) : outcome), ...figures };
  };

  const end = async (box: Sandbox | null) => {
    sandbox = null;
    await box?.kill();
  };

  return {
    async invoke(event) {
      const payload = JSON.stringify(event) ?? 'null';
      if (Buffer.byteLength(payload) > maxRequestBytes) throw new Error('RequestEntityTooLargeException: over 6 MB');
      const result = turn.then(() => invokeNow(payload));
      turn = result.catch(() => {});
      return result;
    },
    log: () => readFile(sandboxOptions.logFile, 'utf8').catch(() => ''),
    async stop() {
      stopped = true;
      await end(sandbox);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function prepare(options: LambdaRuntimeOptions, folder: string): Promise<SandboxOptions> {
  const temp = join(folder, 'temp');
  await mkdir(temp);
  const name = options.name ?? 'function';
  const env = {
    PATH: process.env.PATH ?? '',
    HOME: folder,
    TMPDIR: temp,
    TZ: ':UTC',
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_REGION: 'eu-west-1',
    AWS_LAMBDA_FUNCTION_NAME: name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(options.memoryMb),
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: 'local',
    LAMBDA_TASK_ROOT: options.folder,
    _HANDLER: options.handler,
    ...options.env,
  };
  const logFile = join(folder, 'function.log');
  return { folder: options.folder, memoryMb: options.memoryMb, env, logFile, node: options.node ?? process.execPath };
}

function invocation(
  { timeoutMs, toldTimeoutMs = timeoutMs, name = 'function', env }: LambdaRuntimeOptions,
  payload: string,
) {
  const functionArn = `arn:aws:lambda:${env?.AWS_REGION ?? 'eu-west-1'}:000000000000:function:${name}`;
  return { id: randomUUID(), payload, deadlineMs: Date.now() + toldTimeoutMs, functionArn };
}

async function within<T>(ms: number, work: Promise<T>): Promise<T | 'timeout'> {
  const late = Promise.withResolvers<'timeout'>();
  const timer = setTimeout(() => late.resolve('timeout'), ms);
  return Promise.race([work, late.promise]).finally(() => clearTimeout(timer));
}

function timedOut(limitMs: number) {
  const errorMessage = `Task timed out after ${(limitMs / 1000).toFixed(2)} seconds`;
  return { kind: 'timeout', body: JSON.stringify({ errorType: 'Sandbox.Timedout', errorMessage }) } as const;
}
