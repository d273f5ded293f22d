/** Counts requests where they arrive: the API server's audit log holds a line for each one of the benchmark's user, and who sent it. */
import { open, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';

/** All contenders are this user; controllers, scheduler and kwok are others and not logged. */
export const benchUser = 'bench';

export type RequestLog = {
  apiServerFlags: string[];
  /** Starts counting the requests of one program, by the beginning of its User-Agent. */
  count(userAgent: string): Promise<() => Promise<number>>;
};

/** A request is logged before it is handled, so it is in the file when its answer has come. */
const policy = {
  apiVersion: 'audit.k8s.io/v1',
  kind: 'Policy',
  omitStages: ['ResponseStarted', 'ResponseComplete', 'Panic'],
  rules: [{ level: 'Metadata', users: [benchUser] }, { level: 'None' }],
};

const lineSchema = z.object({ userAgent: z.string().default('') });

export async function openRequestLog(folder: string): Promise<RequestLog> {
  const policyFile = join(folder, 'audit-policy.json');
  const logFile = join(folder, 'requests.log');
  await writeFile(policyFile, JSON.stringify(policy));
  return {
    apiServerFlags: [`--audit-policy-file=${policyFile}`, `--audit-log-path=${logFile}`, '--audit-log-maxsize=0'],
    async count(userAgent) {
      const from = await sizeOf(logFile);
      return async () => {
        const lines = (await readFrom(logFile, from)).split('\n').filter((line) => line !== '');
        return lines.filter((line) => lineSchema.parse(JSON.parse(line)).userAgent.startsWith(userAgent)).length;
      };
    },
  };
}

async function sizeOf(path: string): Promise<number> {
  return (await stat(path)).size;
}

async function readFrom(path: string, from: number): Promise<string> {
  const file = await open(path);
  try {
    const length = (await file.stat()).size - from;
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, from);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await file.close();
  }
}
