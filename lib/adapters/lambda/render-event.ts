/** What the render function is invoked with, and what it answers: the bundles themselves go by way of the scratch bucket. */
import * as z from 'zod';
import { type ToldFault, toldFault } from '../../core/render/believe-fault.ts';

/** Raised with every change of what is sent or of the bundles, so that two versions in one deploy do not misread one another. */
export const protocolVersion = 1;

/** Of one run of a tool, and of what it may print. */
export type RemoteLimits = { timeoutMs: number; maxOutputBytes: number };

/** `get` and `put` are presigned URLs; `key` is 64 hexadecimal digits. None of the three may be logged. */
export type RenderEvent = { v: 1; get: string; put: string; key: string; limits: RemoteLimits };

/** Without a fault the result lies behind `put`. What a render found wrong lies there too; this is about the way. */
export type RenderAnswer = { v: 1; fault?: ToldFault };

export const renderEvent = z.strictObject({
  v: z.literal(protocolVersion),
  get: z.string(),
  put: z.string(),
  key: z.string().regex(/^[0-9a-f]{64}$/),
  limits: z.strictObject({ timeoutMs: z.int().min(1), maxOutputBytes: z.int().min(1) }),
}) satisfies z.ZodType<RenderEvent>;

export const renderAnswer = z.strictObject({
  v: z.literal(protocolVersion),
  fault: toldFault.exactOptional(),
}) satisfies z.ZodType<RenderAnswer>;

/** Of the files of one request. The function holds them about three times, beside the tool. */
export const maxFilesBytes = 256 * 1024 * 1024;

/** Unpacked: the files, and the name of each. */
export const maxBundleBytes = maxFilesBytes + 64 * 1024 * 1024;

/** Unpacked: the objects as JSON, the place of each, and up to some 100,000 paths that were read. */
export function maxResultBytes({ maxOutputBytes }: RemoteLimits): number {
  return 2 * maxOutputBytes + 16 * 1024 * 1024;
}
