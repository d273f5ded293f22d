/** Fetches a bundle by its presigned URL, and puts one. The URLs are secrets: no fault names them. */
import { Fault } from '../../lib/core/fault/fault.ts';

/** Within one region it is seconds; a network without a way out shall not use up the function's time. */
const carryTimeoutMs = 45_000;

/** Fault render.remote_failed, also for more than `maxBytes`. */
export async function fetchBundle(url: string, maxBytes: number): Promise<Uint8Array> {
  const response = await ask(url, { method: 'GET' }, 'fetching the bundle');
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  try {
    for await (const chunk of response.body ?? []) {
      sizeBytes += chunk.length;
      if (sizeBytes > maxBytes) throw failed(`the bundle has more than ${maxBytes} bytes`);
      chunks.push(chunk);
    }
  } catch (error) {
    throw error instanceof Fault ? error : failed('fetching the bundle broke off', error);
  }
  return Buffer.concat(chunks);
}

/** Fault render.remote_failed. */
export async function putBundle(url: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  await ask(url, { method: 'PUT', body: bytes }, 'putting the result');
}

async function ask(url: string, request: RequestInit, doing: string): Promise<Response> {
  const signal = AbortSignal.timeout(carryTimeoutMs);
  const response = await fetch(url, { ...request, redirect: 'error', signal }).catch((error: unknown) => {
    throw failed(`${doing}: S3 does not answer`, error);
  });
  if (response.ok) return response;
  throw failed(`${doing}: S3 answered ${response.status}${await codeOf(response)}`);
}

/** Only its code: what else S3 says about a bad signature repeats parts of it. */
async function codeOf(response: Response): Promise<string> {
  const text = await response.text().catch(() => '');
  const code = /<Code>(\w{1,60})<\/Code>/.exec(text)?.[1];
  return code === undefined ? '' : ` ${code}`;
}

function failed(because: string, cause?: unknown): Fault {
  return new Fault('render.remote_failed', { because }, { cause });
}
