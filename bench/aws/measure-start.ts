/** How long a function takes until it asks for its first event, and what memory it holds then. */
import { join } from 'node:path';
import { startSandbox } from '../../infra/local/aws/lambda-sandbox.ts';

export type Start = { initMs: number; rssMb: number };

export type StartOptions = {
  /** The unzipped bundle. */
  folder: string;
  /** `functions/sync/handler.handler` */
  handler: string;
  env: Readonly<Record<string, string>>;
};

/** Far more than any needs: what they need is measured. */
const memoryMb = 1024;

export async function measureStart({ folder, handler, env }: StartOptions): Promise<Start> {
  const sandbox = await startSandbox({
    folder,
    memoryMb,
    env: { ...env, LAMBDA_TASK_ROOT: folder, _HANDLER: handler },
    logFile: join(folder, 'start.log'),
    node: process.execPath,
  });
  try {
    const failed = await sandbox.idle();
    if (failed !== null) throw new Error(`${handler} did not start: ${failed.body}`);
    return { initMs: sandbox.initMs, rssMb: sandbox.maxRssMb };
  } finally {
    await sandbox.kill();
  }
}
